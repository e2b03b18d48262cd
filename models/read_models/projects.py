"""Projects as services return them."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.read_models.history import HistoryEntry
from models.read_models.people import PersonRef
from models.rules.access import ProjectRole
from models.rules.plans.phases import Phase
from models.rules.projects.health_check import asks_for_checks
from models.rules.projects.kinds import DeliveryMode, ProjectKind, ProjectScope
from models.rules.risks.scoring import SeverityBand
from models.value import Value


class ClientRef(Value):
    """A client as a project mentions it."""

    id: UUID
    name: str


class RoleHolder(Value):
    """One person in one role on a project."""

    person: PersonRef
    role: ProjectRole
    is_deputy: bool = False
    away_until: date | None = None
    """The last day on which they say that they are away."""


class Turn(Value):
    """Who is to do what a project's leads do, and who would be were they not away."""

    asked: tuple[PersonRef, ...] = ()
    absent: tuple[RoleHolder, ...] = ()

    def includes(self, person: PersonRef) -> bool:
        """Tell whether it is that person's, whether or not they are away."""
        return person in (*self.asked, *(holder.person for holder in self.absent))

    @property
    def until(self) -> date | None:
        """Return the last day on which they are away; None where nobody is."""
        return min((each.away_until for each in self.absent if each.away_until), default=None)


class ProjectLinks(Value):
    """Where the rest of a project is kept: https addresses, "" where there is none."""

    board: str = ""
    jira: str = ""
    notes: str = ""


class ProjectView(Value):
    """A project with the people who run it. ``version`` starts at 1 and grows with every change."""

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
    version: int = 1
    kind: ProjectKind = ProjectKind.MANAGED
    delivery_mode: DeliveryMode = DeliveryMode.ITERATIVE
    phase: Phase | None = None
    starts_on: date | None = None
    planned_end_on: date | None = None
    links: ProjectLinks = ProjectLinks()
    archiving_reason: str = ""
    risks_logged: int = 0
    """How many risks were ever numbered after its key."""
    has_health_checks: bool = False
    health_checked_on: date | None = None
    """The day of the last delivery health check."""
    raid_logged: int = 0
    """How many issues, assumptions, dependencies and decisions were."""

    @property
    def is_inspected(self) -> bool:
        """Tell whether it has delivery health checks."""
        return not self.is_archived and asks_for_checks(self.kind, is_switched_on=self.has_health_checks)

    @property
    def reference(self) -> str:
        """Return the project's public name."""
        return self.key

    @property
    def numbered(self) -> int:
        """Return how many records were ever numbered after its key."""
        return self.risks_logged + self.raid_logged

    @property
    def is_managed(self) -> bool:
        """Tell whether somebody manages it, a deputy at least."""
        return any(holder.role is ProjectRole.PROJECT_MANAGER for holder in self.roles)

    @property
    def project_manager(self) -> PersonRef | None:
        """Return the project manager; deputies do not count."""
        for holder in self.roles:
            if holder.role is ProjectRole.PROJECT_MANAGER and not holder.is_deputy:
                return holder.person
        return None


class ProjectChoice(Value):
    """A project as a line in a select."""

    id: UUID
    key: str
    name: str
    is_mine: bool


class ProjectPermissions(Value):
    """What the person asking may do with a project; the services refuse the rest all the same."""

    may_edit: bool = False
    may_archive: bool = False
    may_assign: bool = False


class ProjectHistory(Value):
    """A project with what was done to it, newest first."""

    project: ProjectView
    entries: tuple[HistoryEntry, ...]


class ProjectLine(Value):
    """A project as a line in a list."""

    id: UUID
    key: str
    name: str
    client_name: str
    channel_id: str
    phase: Phase | None
    manager: PersonRef | None = None
    per_band: Mapping[SeverityBand | None, int] = field(default_factory=dict)
    archiving_reason: str = ""


class ProjectPage(Value):
    """One page of a list of projects."""

    lines: tuple[ProjectLine, ...]
    scope: ProjectScope
    page: int
    pages: int
    total: int
    archived: int = 0
    """How many are archived, whatever the list shows."""


class MarkedGuest(Value):
    """A guest whom a project marks as a colleague, and who marked them."""

    person: PersonRef
    marked_by: str
    marked_at: datetime


class ProjectTeam(Value):
    """Who does what on a project, and what the person asking may do about it."""

    project: ProjectView
    guests: tuple[MarkedGuest, ...] = ()
    may_assign: bool = False
    may_mark: bool = False


class TeamOutcome(StrEnum):
    """What became of a change of the team."""

    GIVEN = "given"
    TAKEN = "taken"
    HANDED_OVER = "handed_over"
    MARKED = "marked"
    UNMARKED = "unmarked"
    HAD_ALREADY = "had_already"
    NOT_HELD = "not_held"
    DONE_BEFORE = "done_before"
    """The same delivery came twice."""


class TeamChange(Value):
    """A change of the team: the project as it is now, and whom it was about."""

    project: ProjectView
    person: PersonRef
    outcome: TeamOutcome
