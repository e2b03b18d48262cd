"""Who asks, as services return it."""

from dataclasses import field
from datetime import datetime
from uuid import UUID

from models.read_models.people import PersonRef
from models.read_models.projects import ProjectView
from models.rules.access import OrganisationRole
from models.value import Value


class Here(Value):
    """The channel in which somebody asks, and the project whose internal channel it is."""

    channel_id: str
    project: ProjectView | None


class Actor(Value):
    """The person who is asking, with what they are in this workspace."""

    person: PersonRef
    workspace_id: UUID
    timezone: str
    is_full_member: bool
    organisation_roles: frozenset[OrganisationRole] = frozenset()
    profile_checked_at: datetime | None = None
    here: Here | None = field(default=None, compare=False)
    """Where it was read along with them: what ``Projects.in_channel`` returns then."""
