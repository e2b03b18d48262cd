"""What an event does inside the whole bot, against a Slack whose answers a test changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr
from slack_bolt import BoltRequest

from bot.settings import Settings
from bot.wiring import Application, build
from handlers.events.listeners import LISTENERS
from handlers.events.subscriptions import SUBSCRIPTIONS, EventType
from models.commands import NewProject, RiskFields
from models.read_models import Actor, Origin, Profile
from models.services.people import People
from models.services.projects.catalogue import Projects
from models.services.risks.register import RiskRegister
from models.services.workspaces import Workspaces
from tests.bot.slack_side import AUTH_TEST, PROFILE, TEAM, TOKEN, WebApi, web_api
from tests.conftest import SetClock

CHANNEL = "C0ACME"
DANA = "U0DANA"
_numbers = count(1)


@dataclass
class Slack:
    """What Slack says when it is asked, for a test to change."""

    person: dict[str, Any] = field(default_factory=lambda: {**PROFILE})
    channel: dict[str, Any] = field(default_factory=lambda: {"id": CHANNEL, "is_member": True})
    auth: dict[str, Any] = field(default_factory=lambda: {**AUTH_TEST})
    is_in_trouble: bool = False
    posted: list[str] = field(default_factory=list)

    def info(self, asked: dict[str, str]) -> dict[str, Any]:
        """Describe whoever is asked for, unless Slack is in trouble."""
        if self.is_in_trouble:
            return {"ok": False, "error": "fatal_error"}
        return {"ok": True, "user": {**self.person, "id": asked["user"]}}

    def post(self, asked: dict[str, str]) -> dict[str, Any]:
        """Take a message."""
        self.posted.append(asked["channel"])
        return {"ok": True, "channel": asked["channel"], "ts": f"{len(self.posted)}.0"}


@dataclass(frozen=True)
class House:
    """The bot, the Slack beside it, and the calls that it made."""

    application: Application
    slack: Slack
    api: WebApi
    clock: SetClock
    workspace_id: UUID

    @property
    def people(self) -> People:
        return People(self.application.database)

    def happen(self, kind: str, **event: Any) -> int:  # noqa: ANN401 - any field of an event.
        """Tell the bot of something as Socket Mode does; return the status of its answer."""
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{next(_numbers)}",
            "event": {"type": kind, **event},
        }
        return int(self.application.bolt.dispatch(BoltRequest(mode="socket_mode", body=body)).status)

    def meet_dana(self) -> Actor:
        """Have the bot know Dana."""
        profile = Profile(DANA, TEAM, "Dana", "Europe/Berlin")
        return self.people.remember(self.workspace_id, TEAM, profile, now=self.clock())

    def deliver(self) -> int:
        """Send what is due; return how many messages were dealt with."""
        self.clock.forward(timedelta(seconds=2))
        return self.application.deliverer.run_once()


@pytest.fixture
def house(tmp_path: Path, clock: SetClock) -> Iterator[House]:
    slack = Slack()
    answers = {
        "auth.test": lambda _: slack.auth,
        "users.info": slack.info,
        "conversations.info": lambda _: {"ok": True, "channel": slack.channel},
        "conversations.members": lambda _: {"ok": True, "members": [DANA]},
        "chat.postMessage": slack.post,
    }
    with web_api(answers) as api, _built(f"sqlite:///{tmp_path / 'house.db'}", api, clock) as application:
        workspace_id = Workspaces(application.database).ensure("", TEAM, "Acme", now=clock())
        yield House(application, slack, api, clock, workspace_id)


@contextmanager
def _built(database_url: str, api: WebApi, clock: SetClock) -> Iterator[Application]:
    settings = Settings(
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr("0" * 32),
        slack_api_url=api.url,
        database_url=SecretStr(database_url),
    )
    application = build(settings, clock=clock)
    application.prepare()
    try:
        yield application
    finally:
        application.stop()


def told(house: House, **changes: object) -> int:
    """Tell the bot that Slack describes Dana so now."""
    return house.happen("user_change", user={**PROFILE, **changes})


def test_every_event_that_is_subscribed_to_has_a_listener_and_no_other() -> None:
    assert {each.type for each in SUBSCRIPTIONS} == set(LISTENERS) == set(EventType)


def test_a_new_name_a_new_zone_and_a_new_standing_are_taken_over_at_once(house: House) -> None:
    house.meet_dana()
    changes = {"tz": "Asia/Tokyo", "is_restricted": True, "profile": {"display_name": "Dana O."}}
    house.slack.person |= changes
    assert told(house, **changes) == 200
    dana = house.people.find(house.workspace_id, DANA)
    assert dana is not None
    assert (dana.person.name, dana.timezone, dana.is_full_member) == ("Dana O.", "Asia/Tokyo", False)


def test_somebody_s_status_line_costs_neither_a_call_nor_a_write(house: House) -> None:
    before = house.meet_dana()
    house.clock.forward(timedelta(hours=1))
    assert (
        told(house, profile={"real_name": "Dana Ortiz", "display_name": "Dana", "status_text": "Lunch"})
        == 200
    )
    assert "users.info" not in house.api.calls
    assert house.people.find(house.workspace_id, DANA) == before


def test_whoever_the_bot_does_not_know_stays_unknown(house: House) -> None:
    assert told(house, id="U0NEW") == 200
    assert house.people.find(house.workspace_id, "U0NEW") is None
    assert "users.info" not in house.api.calls


def test_old_news_does_not_undo_newer(house: House) -> None:
    house.meet_dana()
    told(house, deleted=True)  # Delivered late: by now Slack says that she is back.
    dana = house.people.find(house.workspace_id, DANA)
    assert dana is not None
    assert dana.is_full_member


def test_who_left_loses_their_rights_also_while_slack_cannot_be_asked(house: House) -> None:
    house.meet_dana()
    house.slack.is_in_trouble = True
    assert told(house, deleted=True) == 200
    dana = house.people.find(house.workspace_id, DANA)
    assert dana is not None
    assert not dana.is_full_member


@pytest.mark.parametrize("kind", ["channel_shared", "channel_unshared", "member_joined_channel"])
def test_a_change_of_who_reads_a_channel_voids_what_was_known(house: House, kind: str) -> None:
    dana = house.meet_dana()
    now, register = house.clock(), RiskRegister(house.application.database)
    command = NewProject("Acme", "ACME", "Acme", CHANNEL, "UTC")
    origin = Origin("test")
    project = Projects(house.application.database).create(dana, command, origin=origin, now=now)
    fields = RiskFields("May slip", 4, 4, owner_id=dana.person.id)

    register.log(dana, project, fields, confirm_in=None, origin=origin, now=now)
    house.deliver()
    assert house.slack.posted == [CHANNEL]

    house.slack.channel["is_ext_shared"] = True
    register.log(dana, project, fields, confirm_in=None, origin=origin, now=now)
    assert house.happen(kind, channel=CHANNEL, user="U0NEW") == 200
    house.deliver()
    house.deliver()
    assert CHANNEL not in house.slack.posted[1:]
    assert DANA in house.slack.posted[1:]


@pytest.mark.parametrize(
    "event", [{"kind": "app_uninstalled"}, {"kind": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}]
)
def test_nothing_is_sent_once_the_app_was_removed(house: House, event: dict[str, Any]) -> None:
    house.meet_dana()
    house.happen("message", channel_type="im", channel="D1", user=DANA, text="hello")
    house.slack.auth = {"ok": False, "error": "account_inactive"}
    assert house.happen(**event) == 200
    assert house.deliver() == 0
    assert house.slack.posted == []


@pytest.mark.parametrize(
    "event", [{"kind": "app_uninstalled"}, {"kind": "tokens_revoked", "tokens": {"oauth": [DANA]}}]
)
def test_old_news_and_other_people_s_tokens_stop_nothing(house: House, event: dict[str, Any]) -> None:
    house.meet_dana()
    house.happen("message", channel_type="im", channel="D1", user=DANA, text="hello")
    assert house.happen(**event) == 200
    house.deliver()
    assert house.slack.posted == [DANA]


def test_an_event_that_could_not_be_kept_is_not_acknowledged(house: House) -> None:
    house.slack.is_in_trouble = True
    unknown = {"channel_type": "im", "channel": "D1", "user": "U0NEW", "text": "hello"}
    assert house.happen("message", **unknown) == 500
