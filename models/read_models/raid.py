"""Issues, assumptions, dependencies and decisions as services return them."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from uuid import UUID

from models.read_models.actions import ActionView
from models.read_models.history import HistoryEntry
from models.read_models.links import LinkedRecord
from models.read_models.people import PersonRef
from models.read_models.projects import ProjectView
from models.rules.actions import days_late
from models.rules.raid.states import FINAL, RAID_LIVE, RaidMove, RaidStatus
from models.rules.raid.words import BAD_FROM, Direction, RaidKind
from models.rules.references import Reference
from models.rules.risks.words import Visibility
from models.value import Value, replace


class RaidView(Value):
    """A record as people see it. ``version`` starts at 1 and grows with every change."""

    id: UUID
    workspace_id: UUID
    project_id: UUID
    project_key: str
    project_name: str
    channel_id: str
    kind: RaidKind
    number: int
    version: int
    status: RaidStatus
    title: str
    raised_by: PersonRef
    raised_at: datetime
    updated_at: datetime
    visibility: Visibility = Visibility.TEAM
    details: str = ""
    owner: PersonRef | None = None
    """Who sees to it; who decides, of a decision."""
    due_on: date | None = None
    impact: int | None = None
    direction: Direction | None = None
    other_party: str = ""
    supplier: str = ""
    outcome: str = ""
    """What solved it, how we know, what was decided."""
    rationale: str = ""
    settled_on: date | None = None
    follows_id: UUID | None = None
    risk_id: UUID | None = None
    is_withdrawn: bool = False
    timezone: str = "UTC"
    """The project's: whether a day has passed is told by it where many read."""

    @property
    def reference(self) -> Reference:
        """Return its public name."""
        return Reference(self.number, self.project_key, self.kind.marker)

    @property
    def is_live(self) -> bool:
        """Tell whether it still needs somebody."""
        return self.status in RAID_LIVE

    @property
    def is_final(self) -> bool:
        """Tell whether nothing that it says may change any more."""
        return self.status in FINAL

    @property
    def is_bad(self) -> bool:
        """Tell whether it is an issue that the whole project should hear of."""
        return self.impact is not None and self.impact >= BAD_FROM

    @property
    def told_outcome(self) -> str:
        """Return its outcome; "" where that says only what the title says already."""
        said, title = (" ".join(text.split()).rstrip(".!").lower() for text in (self.outcome, self.title))
        return self.outcome if self.rationale or said != title else ""

    def days_late(self, today: date) -> int:
        """Return for how many days it has been due and still needs somebody."""
        return days_late(self.due_on, today) if self.due_on and self.is_live else 0


class RaidPermissions(Value):
    """What the person asking may do with a record; the services refuse the rest all the same."""

    may_edit: bool = False
    may_undo: bool = False
    may_supersede: bool = False
    may_add_action: bool = False
    changeable_actions: frozenset[UUID] = frozenset()
    moves: tuple[RaidMove, ...] = ()
    why_no_more: str = ""
    """What to say of anything but ending it, where its project is over."""
    ask: tuple[str, ...] = ()
    """Whom to ask for what they may not do, by name."""


class RaidDetails(Value):
    """A record with its history, newest first, and what the person asking may do with it."""

    item: RaidView
    history: tuple[HistoryEntry, ...]
    permissions: RaidPermissions
    came_from: tuple[LinkedRecord, ...] = ()
    """The risk that happened, the assumption that was wrong, the decision that it takes the place of."""
    led_to: tuple[LinkedRecord, ...] = ()
    """The risk or the issue that it became, the decision that took its place."""
    actions: tuple[ActionView, ...] = ()
    """What is to be done about it: open ones by their day, then what is settled."""


class RaidFilter(Value):
    """Which records a list shows; None means "whatever I may see", and so does no project."""

    project_ids: tuple[UUID, ...] = ()
    mine: bool = False
    page: int = 1
    kind: RaidKind | None = None
    status: RaidStatus | None = None
    """Only this state; None means all that still need somebody."""
    over: bool = False
    """Only those that need nobody any more."""
    late: bool = False
    """Only those whose day has passed."""
    owner_id: UUID | None = None
    words: str = ""
    """Each of these stands in what it says."""

    def of(self, *project_ids: UUID) -> "RaidFilter":
        """Return the same wishes for these projects; for all where none is named."""
        return replace(self, project_ids=project_ids)

    @property
    def is_narrow(self) -> bool:
        """Tell whether it leaves out some that need somebody, or shows what is over."""
        return bool(self.kind or self.status or self.over or self.late or self.owner_id or self.words)


class RaidPage(Value):
    """One page of records, those first that need somebody most, with the counts of the whole."""

    items: tuple[RaidView, ...]
    filter: RaidFilter
    total: int
    pages: int
    per_kind: Mapping[RaidKind, int] = field(default_factory=dict)
    late: int = 0
    projects: tuple[ProjectView, ...] = ()
    owner: PersonRef | None = None
    """Whose were wanted, where nothing was found that would tell."""
