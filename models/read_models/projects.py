"""Projects as services return them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.read_models.people import PersonRef
from models.rules.access import ProjectRole


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
    away_until: date | None = None
    """The last day on which they say that they are away."""


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
