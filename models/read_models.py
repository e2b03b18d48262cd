"""What services return: frozen values that live on after the session that read them is closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from models.rules.access import OrganisationRole, ProjectRole
from models.rules.references import RiskReference
from models.rules.risk_moves import RiskMove
from models.rules.risk_states import RiskStatus
from models.rules.risk_words import ResponseStrategy, RiskCategory, RiskKind, Visibility
from models.rules.scoring import SeverityBand, band, score


@dataclass(frozen=True)
class Origin:
    """Where a change came from: what makes a replay recognisable, and what ties log lines together.

    ``receipt`` is Slack's own name for the delivery (a trigger id, a view id), None where nothing can repeat.
    """

    correlation_id: str
    receipt: str | None = None


@dataclass(frozen=True)
class PersonRef:
    """A person as other records mention them."""

    id: UUID
    slack_user_id: str
    name: str


@dataclass(frozen=True)
class Profile:
    """What Slack says of a person, before Drumbeat remembers it."""

    slack_user_id: str
    team_id: str
    name: str
    timezone: str
    is_guest: bool = False
    is_bot: bool = False
    is_deleted: bool = False
    is_workspace_admin: bool = False


@dataclass(frozen=True)
class Actor:
    """The person who is asking, with what they are in this workspace."""

    person: PersonRef
    workspace_id: UUID
    timezone: str
    is_full_member: bool
    organisation_roles: frozenset[OrganisationRole] = frozenset()
    profile_checked_at: datetime | None = None


@dataclass(frozen=True)
class GuestCheck:
    """Which of some people, by their Slack ids, are not of the team itself.

    ``unknown`` are those whom Slack must be asked about first: never seen, or not lately enough.
    """

    guests: frozenset[str]
    unknown: frozenset[str]


@dataclass(frozen=True)
class ClientRef:
    """A client as a project mentions it."""

    id: UUID
    name: str


@dataclass(frozen=True)
class RoleHolder:
    """One person in one role on a project."""

    person: PersonRef
    role: ProjectRole
    is_deputy: bool = False


@dataclass(frozen=True)
class ProjectView:
    """A project with the people who run it."""

    id: UUID
    key: str
    name: str
    client: ClientRef
    internal_channel_id: str
    client_channel_id: str | None
    timezone: str
    roles: tuple[RoleHolder, ...] = ()
    """Who does what; people who left Slack, bots and guests are not among them."""
    is_archived: bool = False

    @property
    def project_manager(self) -> PersonRef | None:
        """Return the project manager; deputies do not count."""
        for holder in self.roles:
            if holder.role is ProjectRole.PROJECT_MANAGER and not holder.is_deputy:
                return holder.person
        return None


@dataclass(frozen=True)
class ProjectChoice:
    """A project as a line in a select."""

    id: UUID
    key: str
    name: str
    is_mine: bool


@dataclass(frozen=True)
class RiskView:
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
    strategy: ResponseStrategy | None = None
    owner: PersonRef | None = None
    due_on: date | None = None
    next_review_on: date | None = None
    closing_reason: str = ""
    is_withdrawn: bool = False

    def is_stale(self, today: date) -> bool:
        """Tell whether nobody has looked at it for longer than its band allows."""
        return self.next_review_on is not None and self.next_review_on < today

    @property
    def reference(self) -> RiskReference:
        """Return the risk's public name."""
        return RiskReference(number=self.number, key=self.project_key)

    @property
    def score(self) -> int | None:
        """Return probability × impact, or None while either is not known."""
        if self.probability is None or self.impact is None:
            return None
        return score(self.probability, self.impact)

    @property
    def band(self) -> SeverityBand | None:
        """Return the severity band, or None while the score is not known."""
        if self.probability is None or self.impact is None:
            return None
        return band(self.probability, self.impact)


@dataclass(frozen=True)
class FieldChange:
    """One field of a record that changed, as stored: plain strings, or None for "not set"."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class HistoryEntry:
    """One line of the append-only history: who did what when, and why."""

    at: datetime
    person: PersonRef | None
    action: str
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""
    version: int = 0
    """The record's version after it."""


@dataclass(frozen=True)
class RiskDetails:
    """A risk with its history, newest first, and what the person asking may do with it."""

    risk: RiskView
    history: tuple[HistoryEntry, ...]
    permissions: "RiskPermissions"


@dataclass(frozen=True)
class RiskPermissions:
    """What the person asking may do with a risk; the services refuse the rest all the same."""

    may_edit: bool = False
    may_score: bool = False
    may_review: bool = False
    may_undo: bool = False
    moves: tuple[RiskMove, ...] = ()
    """What they may do to its state."""


@dataclass(frozen=True)
class RiskFilter:
    """Which risks a list shows; None means "whatever I may see"."""

    project_id: UUID | None = None
    mine: bool = False
    page: int = 1
    band: SeverityBand | None = None
    status: RiskStatus | None = None
    """Only this state; None means all that still need somebody."""
    owner_id: UUID | None = None
    stale: bool = False
    """Only those whose review is overdue."""
    words: str = ""
    """Each of these stands in the title, the cause or the effect."""

    def of(self, project_id: UUID | None) -> "RiskFilter":
        """Return the same wishes for one project, or for all."""
        return replace(self, project_id=project_id)

    @property
    def is_narrow(self) -> bool:
        """Tell whether it leaves out some of the risks that need somebody, or shows what is over."""
        return bool(self.band or self.status or self.owner_id or self.stale or self.words)


@dataclass(frozen=True)
class RiskPage:
    """One page of a risk list, gravest first, with the counts of the whole."""

    risks: tuple[RiskView, ...]
    filter: RiskFilter
    total: int
    pages: int
    per_band: Mapping[SeverityBand | None, int] = field(default_factory=dict)
    """How many of the whole fall in each band; None counts those not scored yet."""
    stale: int = 0
    """How many of the whole have a review that is overdue."""
    project: ProjectView | None = None
