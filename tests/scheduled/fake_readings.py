"""Records that messages are about, for tests, and what reads them without a database."""

from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

from typing_extensions import override

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
    RaidView,
    RiskMatrix,
    RiskView,
    RoleHolder,
)
from models.reports.risks import RiskReports
from models.rules.access import Capability, ProjectRole
from models.rules.actions import ActionSource, ActionStatus
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind, Visibility
from models.services.actions.readings import ActionReadings
from models.services.moods.readings import AlertReading, MoodReadings
from models.services.people import People
from models.services.raid.links import Links
from models.services.raid.readings import RaidReadings
from models.services.risks.readings import RiskChange, RiskReadings
from models.value import replace
from tests.scheduled.fake_messenger import CHANNEL

R = TypeVar("R")

NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)

SAM = PersonRef(UUID(int=1), "U0SAM", "Sam")

DANA = PersonRef(UUID(int=2), "U0DANA", "Dana")

LEE = PersonRef(UUID(int=3), "U0LEE", "Lee")

NOWHERE = Database("sqlite:///nowhere.db")
"""For what a risk's messages never ask."""


class FakeReadings(RiskReadings):
    """One risk, one change and some roles, without a database."""

    def __init__(
        self,
        risk: RiskView | None,
        change: RiskChange | None = None,
        roles: tuple[RoleHolder, ...] = (),
        alike: RiskView | None = None,
    ) -> None:
        self._risk, self._change, self._roles, self._alike = risk, change, roles, alike

    @override
    def for_notice(self, workspace_id: UUID, risk_id: UUID) -> RiskView | None:
        return self._risk

    @override
    def alike(self, risk: RiskView) -> RiskView | None:
        return self._alike

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
