"""What a project is to reach, as services return it: phases, measures, milestones and deliverables."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from models.read_models.history import HistoryEntry
from models.read_models.people import PersonRef
from models.read_models.projects import ProjectView
from models.rules.plans.deliverables import DeliverableState
from models.rules.plans.measures import Outcome
from models.rules.plans.milestones import MilestoneState, overdue, slip, state_of
from models.rules.plans.phases import GateFact, Phase
from models.rules.rituals.workdays import working_days_late
from models.value import Value


class PhaseStay(Value):
    """A project's stay in a phase; the days are days where the project is. ``left_on`` None means now."""

    id: UUID
    phase: Phase
    entered_on: date
    entered_by: PersonRef
    reason: str = ""
    left_on: date | None = None
    left_by: PersonRef | None = None


class Tally(Value):
    """How many there are, and for how many of them that is so."""

    all: int
    so: int


class PhasePage(Value):
    """Where a project stands and stood, the latest first."""

    project: ProjectView
    stays: tuple[PhaseStay, ...]
    may_change: bool = False
    tally: Mapping[GateFact, Tally] = field(default_factory=dict)
    """What the plan shows of what has to be true."""

    @property
    def present(self) -> PhaseStay | None:
        """Return the stay in which the project is now."""
        return self.stays[0] if self.stays and self.stays[0].left_on is None else None


class PlanRecord(Value, kw_only=True):
    """What all that is planned has. ``version`` starts at 1 and grows with every change."""

    id: UUID
    workspace_id: UUID
    project_id: UUID
    project_key: str
    number: int
    title: str
    added_by: PersonRef
    added_at: datetime
    updated_at: datetime
    version: int = 1
    removed_at: datetime | None = None

    @property
    def name(self) -> str:
        """Return what it is called in its project."""
        return str(self.number)

    @property
    def reference(self) -> str:
        """Return its public name."""
        return f"{self.project_key}-{self.name}"


class MeasureView(PlanRecord, kw_only=True):
    """What tells whether the project did well; ``target`` says from where to where, or by when."""

    target: str = ""
    outcome: Outcome | None = None

    @property
    def reference(self) -> str:
        """Return how a sentence calls it."""
        return f"{self.project_key}'s success measure {self.number}"


class MilestoneView(PlanRecord, kw_only=True):
    """Something to be reached; the days are days where the project is."""

    baseline_on: date
    forecast_on: date
    done_on: date | None = None
    accepted_on: date | None = None
    accepted_by: str = ""

    @property
    def name(self) -> str:
        """Return "M3"."""
        return f"M{self.number}"

    @property
    def state(self) -> MilestoneState:
        """Return where it stands."""
        return state_of(self.done_on, self.accepted_on)

    @property
    def expected_on(self) -> date:
        """Return the day it was done, or is expected to be."""
        return self.done_on or self.forecast_on

    @property
    def slip(self) -> int:
        """Return how many days later than agreed it comes, or came; below 0 where earlier."""
        return slip(self.baseline_on, self.forecast_on, self.done_on)

    def overdue(self, today: date) -> int:
        """Return for how many working days it is overdue."""
        return overdue(self.forecast_on, self.done_on, today)


class DeliverableView(PlanRecord, kw_only=True):
    """Something that the client gets; the days are days where the project is."""

    state: DeliverableState = DeliverableState.DUE
    due_on: date | None = None
    """The day that was said of it alone."""
    milestone_id: UUID | None = None
    milestone_number: int | None = None
    """None also where its milestone was removed."""
    milestone_on: date | None = None
    """When its milestone was done, or is expected."""
    evidence: str = ""
    submitted_on: date | None = None
    submitted_by_id: UUID | None = None
    submitted_by: str | None = None
    decided_on: date | None = None
    decided_by_id: UUID | None = None
    decided_by: str | None = None
    """Who of us wrote down what the client said."""
    accepted_by: str = ""
    rejection: str = ""
    rejections: int = 0

    @property
    def name(self) -> str:
        """Return "D3"."""
        return f"D{self.number}"

    @property
    def is_accepted(self) -> bool:
        """Tell whether nothing more is to be done about it."""
        return self.state is DeliverableState.ACCEPTED

    @property
    def expected_on(self) -> date | None:
        """Return its own day, or its milestone's; None where neither is known."""
        return self.due_on or self.milestone_on

    def overdue(self, today: date) -> int:
        """Return for how many working days it should have been handed over; 0 once it was."""
        if self.state is not DeliverableState.DUE or self.expected_on is None:
            return 0
        return working_days_late(self.expected_on, today)


RecordT = TypeVar("RecordT", bound=PlanRecord)
RecordT_co = TypeVar("RecordT_co", bound=PlanRecord, covariant=True)


class PlanPage(Value, Generic[RecordT_co]):
    """All of one kind that a project has, and whether the person asking may change them."""

    project: ProjectView
    records: tuple[RecordT_co, ...]
    may_change: bool = False
    deliverables: tuple[DeliverableView, ...] = ()
    """What milestones consist of, where the page is about them."""


class PlanHistory(Value, Generic[RecordT_co]):
    """A record with what was done to it, newest first."""

    record: RecordT_co
    entries: tuple[HistoryEntry, ...]
