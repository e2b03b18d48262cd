"""Risks as services return them, and which of them a list shows."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from models.read_models.actions import ActionView
from models.read_models.history import HistoryEntry
from models.read_models.links import LinkedRecord
from models.read_models.people import PersonRef
from models.read_models.projects import ProjectView
from models.rules.actions import days_late
from models.rules.references import Reference
from models.rules.risks.moves import RiskMove
from models.rules.risks.scoring import SeverityBand, band, score
from models.rules.risks.states import LIVE, RiskStatus
from models.rules.risks.words import Proximity, ResponseStrategy, RiskCategory, RiskKind, Visibility
from models.value import Value, replace


class RiskView(Value):
    """A risk as people see it. ``version`` starts at 1 and grows with every change."""

    id: UUID
    workspace_id: UUID
    project_id: UUID
    project_key: str
    project_name: str
    channel_id: str
    number: int
    version: int
    kind: RiskKind
    status: RiskStatus
    title: str
    raised_by: PersonRef
    raised_at: datetime
    updated_at: datetime
    visibility: Visibility = Visibility.TEAM
    cause: str = ""
    effect: str = ""
    category: RiskCategory | None = None
    probability: int | None = None
    impact: int | None = None
    residual_probability: int | None = None
    residual_impact: int | None = None
    proximity: Proximity | None = None
    strategy: ResponseStrategy | None = None
    owner: PersonRef | None = None
    due_on: date | None = None
    next_review_on: date | None = None
    acceptance_asked_by: PersonRef | None = None
    """Who waits for a delivery manager to accept it."""
    closing_reason: str = ""
    source_url: str | None = None
    """The message that it was made of."""
    is_withdrawn: bool = False
    timezone: str = "UTC"
    """The project's: whether a day has passed is told by it where many read."""

    def is_late(self, today: date) -> bool:
        """Tell whether the day has passed by which it was to be seen to; what is over is never late."""
        return self.is_live and self.due_on is not None and self.due_on < today

    def is_stale(self, today: date) -> bool:
        """Tell whether nobody has looked at it for longer than its band allows."""
        return self.days_unreviewed(today) > 0

    def days_unreviewed(self, today: date) -> int:
        """Return for how many days its review has been overdue; 0 while it is not."""
        return days_late(self.next_review_on, today) if self.is_live and self.next_review_on else 0

    @property
    def is_live(self) -> bool:
        """Tell whether it still needs somebody."""
        return self.status in LIVE

    @property
    def reference(self) -> Reference:
        """Return the risk's public name."""
        return Reference(number=self.number, key=self.project_key)

    @property
    def has_residual(self) -> bool:
        """Tell whether somebody judged what is left of it after what was done."""
        return self.residual_probability is not None and self.residual_impact is not None

    @property
    def active_probability(self) -> int | None:
        """Return how likely it is now: after what was done, where somebody judged that."""
        return self.residual_probability if self.has_residual else self.probability

    @property
    def active_impact(self) -> int | None:
        """Return how bad it would be now, likewise."""
        return self.residual_impact if self.has_residual else self.impact

    @property
    def score(self) -> int | None:
        """Return the active probability × impact, or None while either is not known."""
        if self.active_probability is None or self.active_impact is None:
            return None
        return score(self.active_probability, self.active_impact)

    def reaches(self, lowest: SeverityBand) -> bool:
        """Tell whether the risk is scored at that band or above."""
        return self.band is not None and self.band.rank >= lowest.rank

    @property
    def lacks_owner(self) -> bool:
        """Tell whether all that it waits for is somebody to own it."""
        return self.status is RiskStatus.PROPOSED and self.band is not None and self.owner is None

    @cached_property
    def band(self) -> SeverityBand | None:
        """Return the severity band, or None while the score is not known."""
        if self.active_probability is None or self.active_impact is None:
            return None
        return band(self.active_probability, self.active_impact)


class RiskDetails(Value):
    """A risk with its history, newest first, and what the person asking may do with it."""

    risk: RiskView
    history: tuple[HistoryEntry, ...]
    permissions: "RiskPermissions"
    actions: tuple[ActionView, ...] = ()
    """What is to be done about it: open ones by their day, then what is settled."""
    came_from: tuple[LinkedRecord, ...] = ()
    """The assumption that somebody doubts."""
    led_to: tuple[LinkedRecord, ...] = ()
    """The issues that it became when it happened."""


class RiskPermissions(Value):
    """What the person asking may do with a risk; the services refuse the rest all the same."""

    may_edit: bool = False
    may_score: bool = False
    may_review: bool = False
    may_undo: bool = False
    may_respond: bool = False
    may_ask_acceptance: bool = False
    """Ask a delivery manager to accept it, which they may not do themselves."""
    may_answer_acceptance: bool = False
    changeable_actions: frozenset[UUID] = frozenset()
    may_reassess: bool = False
    """Whether something was done about it, so that what is left can be judged."""
    moves: tuple[RiskMove, ...] = ()
    """What they may do to its state."""
    why_no_more: str = ""
    """What to say of anything else, where its project is over."""
    ask: tuple[str, ...] = ()
    """Whom to ask for what they may not do, by name."""


class RiskFilter(Value):
    """Which risks a list shows; None means "whatever I may see", and so does no project."""

    project_ids: tuple[UUID, ...] = ()
    mine: bool = False
    page: int = 1
    band: SeverityBand | None = None
    status: RiskStatus | None = None
    """Only this state; None means all that still need somebody."""
    owner_id: UUID | None = None
    late: bool = False
    """Only those whose due date or review has passed."""
    words: str = ""
    """Each of these stands in the title, the cause or the effect."""

    def of(self, *project_ids: UUID) -> "RiskFilter":
        """Return the same wishes for these projects; for all where none is named."""
        return replace(self, project_ids=project_ids)

    @property
    def is_narrow(self) -> bool:
        """Tell whether it leaves out some of the risks that need somebody, or shows what is over."""
        return bool(self.band or self.status or self.owner_id or self.late or self.words)


class RiskPage(Value):
    """One page of a risk list, gravest first, with the counts of the whole."""

    risks: tuple[RiskView, ...]
    filter: RiskFilter
    total: int
    pages: int
    per_band: Mapping[SeverityBand | None, int] = field(default_factory=dict)
    """How many threats of the whole fall in each band; None counts those not scored yet."""
    opportunities: int = 0
    happened: int = 0
    """How many of the whole have happened and are not closed yet; the other counts leave these out."""
    late: int = 0
    """How many of the whole are late: their due date or their review has passed."""
    projects: tuple[ProjectView, ...] = ()
    """Those that were asked for; none means all."""
    owner: PersonRef | None = None
    """Whose were wanted, where nothing was found that would tell."""
