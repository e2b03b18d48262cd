"""What the clockwork's tests put in the world's place: a messenger of memory, and an escape one can read."""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select, update
from typing_extensions import override

from bot.wiring.clockwork import desk_of
from models.database import Database
from models.errors import NotAllowed
from models.read_models import (
    ActionOrigin,
    ActionView,
    Actor,
    BurnDown,
    FieldChange,
    HistoryEntry,
    LinkedRecord,
    MoodTrendView,
    MoodView,
    PersonRef,
    Profile,
    RaidView,
    RiskMatrix,
    RiskView,
    RoleHolder,
)
from models.reports.risks import RiskReports
from models.reports.statuses import StatusReports
from models.rules.access import Capability, ProjectRole
from models.rules.actions import ActionSource, ActionStatus
from models.rules.delivery import MessageState, NoticeKind, Operation
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind, Visibility
from models.services.actions.readings import ActionReadings
from models.services.agendas.readings import AgendaReadings
from models.services.channels import Channels
from models.services.drafts import Drafts
from models.services.moods.readings import AlertReading, MoodReadings
from models.services.mornings.readings import MorningReadings
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.outbox.outbox import Outbox
from models.services.outbox.turns import SentMessage
from models.services.people import People
from models.services.projects.health_check_rows import HealthCheckReadings
from models.services.raid.links import Links
from models.services.raid.readings import RaidReadings
from models.services.retros.readings import RetroReadings
from models.services.risks.readings import RiskChange, RiskReadings
from models.services.rituals.readings import RitualReadings
from models.services.statuses.readings import StatusReadings
from models.services.surveys.readings import SurveyReadings
from models.services.workspaces import Workspaces
from models.tables import Lane, OutboxMessage
from scheduled.delivery import Deliverer
from scheduled.notices import Desk, Drawn, Notice, Occasion
from scheduled.outcomes import TIMING, Outcomes
from scheduled.ports import ChannelFacts, Clock, MessengerError, NotSent
from scheduled.posts import File, Picture, Post, Text
from scheduled.templating import Templates
from scheduled.visibility import Gate

R = TypeVar("R")

NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)
CHANNEL = "C0ACME"
SAM = PersonRef(UUID(int=1), "U0SAM", "Sam")
DANA = PersonRef(UUID(int=2), "U0DANA", "Dana")
LEE = PersonRef(UUID(int=3), "U0LEE", "Lee")


def escape(text: str) -> str:
    """Escape as the wiring's function does, as far as a test can see it."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("*", "∗")):  # noqa: RUF001 - a look-alike on purpose.
        text = text.replace(character, entity)
    return " ".join(text.split())


NOWHERE = Database("sqlite:///nowhere.db")
"""For what a risk's messages never ask."""


def templates() -> Templates:
    """Return the product's templates with this module's escape."""
    return Templates(
        escape=escape,
        channel_link=lambda channel_id: f"<#{channel_id}>",
        moment=str,
        mention=lambda person_id: f"<@{person_id}>",
        link=lambda url, label: f"<{url}|{label}>",
    )


@dataclass(frozen=True)
class Call:
    """One call that the messenger was asked for."""

    what: Operation
    where: str
    text: str = ""
    about: str | None = None
    key: str | None = None


@dataclass
class FakeMessenger:
    """Remembers what it is asked for. ``trouble`` may raise for a call, before or after it happened."""

    trouble: Callable[[Call], None] = lambda _: None
    facts: Callable[[str], ChannelFacts] = lambda _: ChannelFacts(None)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    arrives: bool = True
    """Whether a call happened that ends in trouble."""
    there: dict[str, SentMessage] = field(default_factory=dict)
    """What can be found, by its key."""
    sought: list[tuple[str, str, datetime, str | None]] = field(default_factory=list)
    """What was looked for: where, which key, since when, in which thread."""
    hidden: Exception | None = None
    """What becomes of a look for a message."""
    granted: list[timedelta] = field(default_factory=list)
    """How long after the beginning of each its calls might last."""
    looks: list[str] = field(default_factory=list)
    asked_about: list[str] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ending_within(self, duration: timedelta) -> AbstractContextManager[None]:
        self.granted.append(duration)
        return nullcontext()

    def _make(self, call: Call) -> SentMessage:
        with self._lock:
            self.calls.append(call)
            sent = SentMessage(call.where, f"{next(self._numbers)}.0")
        try:
            self.trouble(call)
        except NotSent:
            raise
        except BaseException:
            self._keep(call, sent if self.arrives else None)
            raise
        self._keep(call, sent)
        return sent

    def _keep(self, call: Call, sent: SentMessage | None) -> None:
        if call.key and sent:
            self.there[call.key] = sent

    def post(self, channel_id: str, post: Post, *, key: str) -> SentMessage:
        return self._make(Call(Operation.POST, channel_id, said(post), key=key))

    def reply(self, to: SentMessage, post: Post, *, key: str) -> SentMessage:
        return self._make(Call(Operation.REPLY, to.channel_id, said(post), to.ts, key))

    def update(self, message: SentMessage, post: Post) -> None:
        self._make(Call(Operation.UPDATE, message.channel_id, said(post), message.ts))

    def delete(self, message: SentMessage) -> None:
        self._make(Call(Operation.DELETE, message.channel_id, about=message.ts))

    def ephemeral(self, channel_id: str, recipient_id: str, post: Post) -> None:
        self._make(Call(Operation.EPHEMERAL, channel_id, said(post), recipient_id))

    def upload(self, channel_id: str, file: File, *, key: str, thread: SentMessage | None = None) -> None:
        about = thread.ts if thread else None
        self._make(Call(Operation.FILE, channel_id, file.comment, about=about, key=key))

    def find(
        self, channel_id: str, *, key: str, since: datetime, thread: SentMessage | None = None
    ) -> SentMessage | None:
        self.sought.append((channel_id, key, since, thread.ts if thread else None))
        if self.hidden is not None:
            raise self.hidden
        return self.there.get(key)

    def is_direct(self, channel_id: str) -> bool:
        return channel_id.startswith("U")

    def channel_facts(self, channel_id: str) -> ChannelFacts:
        self.looks.append(channel_id)
        return self.facts(channel_id)

    def profile(self, slack_user_id: str) -> Profile:
        self.asked_about.append(slack_user_id)
        return self.profiles[slack_user_id]

    @property
    def texts(self) -> list[str]:
        """Return what was said, in order."""
        return [call.text for call in self.calls]


def said(post: Post) -> str:
    """Return a post's sections as one text."""
    return "\n".join(section.text for section in post.sections)


def failing(*errors: MessengerError | None) -> Callable[[Call], None]:
    """Return a trouble that raises these in turn, and then nothing more; None lets a call pass."""
    left = list(errors)

    def trouble(_: Call) -> None:
        error = left.pop(0) if left else None
        if error is not None:
            raise error

    return trouble


class FakeReadings(RiskReadings):
    """One risk, one change and some roles, without a database."""

    def __init__(
        self,
        risk: RiskView | None,
        change: RiskChange | None = None,
        roles: tuple[RoleHolder, ...] = (),
    ) -> None:
        self._risk, self._change, self._roles = risk, change, roles

    @override
    def for_notice(self, workspace_id: UUID, risk_id: UUID) -> RiskView | None:
        return self._risk

    @override
    def change(self, workspace_id: UUID, risk_id: UUID, version: int) -> RiskChange | None:
        return self._change

    @override
    def latest(self, workspace_id: UUID, risk_id: UUID, action: str) -> HistoryEntry | None:
        return self._change.entry if self._change else None

    @override
    def roles(self, workspace_id: UUID, project_id: UUID) -> tuple[RoleHolder, ...]:
        return self._roles


class FakeMoods(MoodReadings):
    """One reading and one alert, without a database."""

    def __init__(
        self,
        reading: MoodView | None = None,
        alert: AlertReading | None = None,
        trend: MoodTrendView | None = None,
    ) -> None:
        self._reading, self._alert, self._trend = reading, alert, trend

    @override
    def trend(self, actor: Actor, project_id: UUID, *, now: datetime) -> MoodTrendView:
        return _shown(self._trend)

    @override
    def reading(self, workspace_id: UUID, reading_id: UUID) -> MoodView | None:
        return self._reading

    @override
    def alert(self, workspace_id: UUID, alert_id: UUID) -> AlertReading | None:
        return self._alert


class FakeRaid(RaidReadings):
    """One record, without a database."""

    def __init__(
        self, item: RaidView | None = None, entry: HistoryEntry | None = None, links: Links = ((), ())
    ) -> None:
        self._item, self._entry, self._links = item, entry, links

    @override
    def for_notice(self, workspace_id: UUID, item_id: UUID) -> RaidView | None:
        return self._item

    @override
    def entry(self, workspace_id: UUID, item_id: UUID, version: int) -> HistoryEntry | None:
        return self._entry

    @override
    def links(self, item: RaidView) -> Links:
        return self._links

    @override
    def issues_of(self, workspace_id: UUID, risk_id: UUID) -> tuple[LinkedRecord, ...]:
        return self._links[1]


class FakeActions(ActionReadings):
    """One action, without a database."""

    def __init__(self, action: ActionView | None) -> None:
        self._action = action

    @override
    def for_notice(self, workspace_id: UUID, action_id: UUID) -> ActionView | None:
        return self._action


class FakePeople(People):
    """One person at most, without a database."""

    def __init__(self, actor: Actor | None = None) -> None:
        self._actor_found = actor

    @override
    def find(self, workspace_id: UUID, slack_user_id: str) -> Actor | None:
        found = self._actor_found
        return found if found is not None and found.person.slack_user_id == slack_user_id else None


class FakeReports(RiskReports):
    """Reports that are made up; without one, nobody may see it."""

    def __init__(self, matrix: RiskMatrix | None = None, burn_down: BurnDown | None = None) -> None:
        self._matrix, self._burn_down = matrix, burn_down

    @override
    def matrix(self, actor: Actor, project_id: UUID | None) -> RiskMatrix:
        return _shown(self._matrix)

    @override
    def burn_down(self, actor: Actor, project_id: UUID | None, *, now: datetime) -> BurnDown:
        return _shown(self._burn_down)


def _shown(report: R | None) -> R:
    if report is None:
        raise NotAllowed(Capability.SEE_RISK)
    return report


MANAGER = RoleHolder(DANA, ProjectRole.PROJECT_MANAGER)

RISK = RiskView(
    id=UUID(int=12),
    workspace_id=UUID(int=100),
    project_id=UUID(int=101),
    project_key="ACME",
    project_name="Acme web",
    channel_id=CHANNEL,
    number=12,
    version=1,
    kind=RiskKind.THREAT,
    status=RiskStatus.OPEN,
    title="Vendor API may slip",
    raised_by=SAM,
    raised_at=NOW,
    updated_at=NOW,
    probability=4,
    impact=3,
    owner=DANA,
    next_review_on=date(2026, 10, 22),
)
PROPOSED = replace(
    RISK, status=RiskStatus.PROPOSED, probability=None, impact=None, owner=None, next_review_on=None
)
RESTRICTED = replace(RISK, visibility=Visibility.RESTRICTED)


ACTION = ActionView(
    id=UUID(int=13),
    workspace_id=RISK.workspace_id,
    source=ActionOrigin(ActionSource.RISK, RISK.id, str(RISK.reference)),
    version=1,
    title="Ask for a date",
    owner=SAM,
    due_on=date(2026, 10, 20),
    status=ActionStatus.OPEN,
    raised_by=DANA,
    raised_at=NOW,
    updated_at=NOW,
)


def changed(
    before: RiskView, after: RiskView, action: str, *, by: PersonRef = DANA, reason: str = ""
) -> RiskChange:
    """Return a change as the history tells it."""
    fields = (FieldChange("status", before.status.value, after.status.value),)
    return RiskChange(before, after, HistoryEntry(NOW, by, action, fields, reason, after.version))


def occasion(
    kind: NoticeKind,
    readings: RiskReadings,
    operation: Operation = Operation.POST,
    *,
    actions: ActionReadings | None = None,
    moods: MoodReadings | None = None,
    raid: RaidReadings | None = None,
    statuses: StatusReadings | None = None,
    status_reports: StatusReports | None = None,
    surveys: SurveyReadings | None = None,
    channel: str = CHANNEL,
    **ids: object,
) -> Occasion:
    """Return the occasion on which a message of that kind is drawn."""
    return Occasion(
        desk=Desk(
            risks=readings,
            actions=actions or FakeActions(None),
            raid=raid or FakeRaid(),
            moods=moods or FakeMoods(),
            people=FakePeople(),
            reports=FakeReports(),
            templates=templates(),
            channels=Channels(NOWHERE),
            drafts=Drafts(NOWHERE),
            statuses=statuses or StatusReadings(NOWHERE),
            surveys=surveys or SurveyReadings(NOWHERE),
            status_reports=status_reports or StatusReports(NOWHERE),
            rituals=RitualReadings(NOWHERE),
            mornings=MorningReadings(NOWHERE),
            health_checks=HealthCheckReadings(NOWHERE),
            agendas=AgendaReadings(NOWHERE),
            retros=RetroReadings(NOWHERE),
        ),
        kind=kind,
        operation=operation,
        workspace_id=RISK.workspace_id,
        channel_id=channel,
        ids={"risk_id": str(RISK.id), "version": 1} | ids,
        now=NOW,
    )


def plain_notices() -> dict[NoticeKind, Notice]:
    """Return notices that say the text which the message's ids hold; announcements are confidential."""

    def render(occasion: Occasion) -> Drawn | None:
        text = occasion.ids["say"]
        if occasion.operation is Operation.FILE:
            return Picture(title=text, alt_text=text, comment=text, png=b"")
        return Post(text, (Text(text),)) if text else None

    return {
        kind: Notice(kind, confidential=kind is NoticeKind.RISK_ANNOUNCED, render=render)
        for kind in NoticeKind
    }


PACE = TIMING.pace


class Office:
    """An outbox on a real database, a messenger of memory, and a clock that a test moves."""

    def __init__(self, database: Database, clock: Clock, messenger: FakeMessenger) -> None:
        self.database = database
        self.clock = clock
        self.messenger = messenger
        self.notices = plain_notices()
        self.people = People(database)
        self.outbox = Outbox(database)
        self.workspace_id = Workspaces(database).ensure("", "T0ACME", "Acme", now=clock())

    def deliverer(self, *, outbox: Outbox | None = None) -> Deliverer:
        """Return a sender; each is like a process of its own."""
        return Deliverer(
            outbox=outbox or self.outbox,
            notices=self.notices,
            desk=desk_of(self.database, self.people, templates()),
            messenger_of=lambda _: self.messenger,
            gate=Gate(self.people),
            clock=self.clock,
            outcomes=Outcomes(outbox or self.outbox, self.clock, lambda: 1.0),
        )

    def say(
        self,
        text: str,
        operation: Operation = Operation.POST,
        *,
        about: int | None = None,
        channel: str = CHANNEL,
        kind: NoticeKind = NoticeKind.RISK_OUTCOME,
        key: str | None = None,
        recipient: str | None = None,
    ) -> int:
        """Enqueue a message and return its id."""
        key = key or uuid4().hex
        message = Outgoing(kind, operation, channel, key, {"say": text}, about, recipient)
        with self.database.write() as session:
            enqueue(session, self.workspace_id, [message], correlation_id="c0ffee", now=self.clock())
        with self.database.read() as session:
            return session.scalars(select(OutboxMessage.id).where(OutboxMessage.unique_key == key)).one()

    def message(self, message_id: int) -> OutboxMessage:
        """Return a message as it is kept."""
        with self.database.read() as session:
            return session.get_one(OutboxMessage, message_id)

    def state(self, message_id: int) -> tuple[MessageState, str | None]:
        """Return where a message stands, and why."""
        message = self.message(message_id)
        return message.state, message.last_error

    def end_leases(self) -> None:
        """Let every lease run out, as if its time had passed on the database's clock."""
        with self.database.write() as session:
            session.execute(update(Lane).values(leased_until=datetime(2000, 1, 1, tzinfo=UTC)))
