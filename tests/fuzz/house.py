"""The bot as it is served, beside a Slack that writes down everything the bot says."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from falcon import testing
from pydantic import SecretStr
from sqlalchemy import select

from bot.demo.story import Story
from bot.settings import Settings
from bot.wiring import Application, build
from models.database import Database
from models.tables import metadata, workspaces
from tests.bot.slack_side import signed
from tests.conftest import SetClock
from tests.demo.company import SECRET, TOKEN
from tests.fuzz.company import HIDDEN, OTHER_TEAM
from tests.fuzz.records import Rows, all_rows, restore
from tests.fuzz.slack import Slack
from tests.models.world import NOW

PREFIX = "x"
"""Stands before each command's name, so that a text which forgets it is noticed."""
A_DAY = timedelta(hours=22)
"""To the next morning, while the working day has begun in Europe and not in America."""
PACE = timedelta(seconds=2)
"""More than the time between two messages in one channel."""
_NO_RECORDS = {"people", "workspaces", "lanes", "status_drafts"}
RECORDS = tuple(table for table in metadata.sorted_tables if table.name not in _NO_RECORDS)
"""Whoever asks is remembered, a lane is only where messages wait, and what is refused is kept as a draft."""
_COUNTS = f"SELECT {', '.join(f'(SELECT count(*) FROM {table.name})' for table in RECORDS)}"  # noqa: S608 - ours.
NAMED_BY_BUTTONS = tuple(
    table
    for table in metadata.sorted_tables
    if {"id", "workspace_id"} <= {*table.c.keys()} and table.name not in {"audit_entries", "outbox_messages"}
)


@dataclass(frozen=True)
class Sent:
    """One delivery of Slack's, and what came of it: the answer, and all that the bot said meanwhile."""

    body: str
    content_type: str
    payload: Any
    status: int
    answer: str
    calls: list[tuple[str, Mapping[str, Any]]]
    before: tuple[int, ...]
    after: tuple[int, ...]
    refusals: tuple[str, ...]
    """What Slack had to say against the form of what the bot said."""

    @property
    def user_id(self) -> str | None:
        """Return who it came from, where that can be told."""
        match self.payload:
            case {"user_id": str(user_id)} | {"user": {"id": str(user_id)}}:
                return user_id
        return None

    @property
    def wrote(self) -> bool:
        """Tell whether any record was written."""
        return self.before != self.after


@dataclass
class House:
    """The company, what was delivered to it so far, and the ids that buttons might name."""

    application: Application
    slack: Slack
    story: Story
    clock: SetClock
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    beginning: Rows = field(default_factory=list)
    begins_at: datetime = NOW
    sent: list[Sent] = field(default_factory=list)
    _known: tuple[int, ...] | None = None
    """How many records there are, as long as nothing but deliveries changes that."""

    @property
    def database(self) -> Database:
        """Return the bot's own database."""
        return self.application.database

    def begin(self) -> None:
        """Say what there is to say until the next morning: that is the beginning of every story."""
        self.say_all()
        self.let_pass(A_DAY)
        self.beginning, self.begins_at = all_rows(self.database), self.clock.now
        self.slack.begin([message for message in self.slack.messages if HIDDEN not in repr(message)])

    def begin_again(self) -> None:
        """Put everything back as it was in the beginning."""
        restore(self.database, self.beginning)
        self._known = None
        self.slack.begin_again()
        self.clock.now = self.begins_at
        self.sent.clear()

    def let_pass(self, time: timedelta) -> None:
        """Let time pass, and what it brings be said."""
        self.clock.forward(time)
        self.application.planner.run_once()
        self.slack.refusals.clear()
        self.say_all()

    def command(self, form: Mapping[str, str]) -> Sent:
        """Deliver a command."""
        body = urlencode(form, errors="replace")
        return self.deliver(body, "application/x-www-form-urlencoded", form)

    def interaction(self, payload: Any) -> Sent:  # noqa: ANN401 - any JSON.
        """Deliver a click, a modal or a shortcut."""
        body = urlencode({"payload": json.dumps(payload)})
        return self.deliver(body, "application/x-www-form-urlencoded", payload)

    def event(self, payload: Any) -> Sent:  # noqa: ANN401 - any JSON.
        """Deliver an event."""
        return self.deliver(json.dumps(payload), "application/json", payload)

    def again(self, sent: Sent) -> Sent:
        """Deliver the same once more."""
        return self.deliver(sent.body, sent.content_type, sent.payload)

    def deliver(self, body: str, content_type: str, payload: Any) -> Sent:  # noqa: ANN401 - any JSON.
        """Deliver a body as Slack does, under a signature of now."""
        heard, before = self.slack.heard, self._known or self._counts()
        self.slack.refusals.clear()
        headers = signed(body, SECRET) | {"Content-Type": content_type}
        reply = testing.simulate_post(
            self.application.wsgi, "/slack/events", body=body.encode(), headers=headers
        )
        calls = self.slack.said(heard)
        after = self._known = self._counts()
        refusals = tuple(self.slack.refusals)
        sent = Sent(
            body, content_type, payload, reply.status_code, reply.text, calls, before, after, refusals
        )
        self.sent.append(sent)
        return sent

    def say_all(self) -> None:
        """Send all that waits in the outbox."""
        self._known = None
        for _ in range(500):
            self.clock.forward(PACE)
            if not self.application.deliverer.run_once():
                return
        msg = "the outbox never came to rest"
        raise AssertionError(msg)

    def _counts(self) -> tuple[int, ...]:
        with self.database.look() as session:
            return tuple(session.connection().exec_driver_sql(_COUNTS).one())


@contextmanager
def house(database_url: str, slack: Slack, story: Story, clock: SetClock) -> Iterator[House]:
    """Open the bot on a furnished database, without the threads that would deliver by themselves."""
    settings = Settings(
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=slack.api_url,
        database_url=SecretStr(database_url),
        command_prefix=PREFIX,
    )
    application = build(settings, clock=clock)
    try:
        opened = House(application, slack, story, clock, *_ids(application.database))
        opened.begin()
        yield opened
    finally:
        application.stop()


def _ids(database: Database) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of our records and of the other workspace's."""
    ours: list[str] = []
    theirs: list[str] = []
    with database.read() as session:
        for table in NAMED_BY_BUTTONS:
            rows = session.execute(
                select(table.c.id, workspaces.c.team_id)
                .join(workspaces, workspaces.c.id == table.c.workspace_id)
                .order_by(table.c.id)
            )
            for row in rows:
                (theirs if row.team_id == OTHER_TEAM else ours).append(str(row.id))
    return tuple(ours), tuple(theirs)
