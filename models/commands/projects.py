"""What people say of a project."""

from datetime import date
from uuid import UUID

from models.rules.projects.kinds import DeliveryMode, ProjectKind
from models.value import Value


class NewProject(Value):
    """A project to be made of a channel. ``manager_id`` None means the person who makes it."""

    name: str
    key: str
    client_name: str
    internal_channel_id: str
    timezone: str
    manager_id: UUID | None = None


class ProjectProfile(Value):
    """All that a person may set on a project. None and "" mean "not known"."""

    name: str
    key: str
    client_name: str
    internal_channel_id: str
    timezone: str
    client_channel_id: str | None = None
    kind: ProjectKind = ProjectKind.MANAGED
    delivery_mode: DeliveryMode = DeliveryMode.ITERATIVE
    starts_on: date | None = None
    planned_end_on: date | None = None
    board_url: str = ""
    jira_url: str = ""
    notes_url: str = ""


NAME_LENGTH = 80
"""Characters of a project's or client's name."""
