"""What people say of a project."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class NewProject:
    """A project to be made of a channel. ``manager_id`` None means the person who makes it."""

    name: str
    key: str
    client_name: str
    internal_channel_id: str
    timezone: str
    manager_id: UUID | None = None


NAME_LENGTH = 80
"""Characters of a project's or client's name."""
