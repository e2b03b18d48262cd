"""What people say of an action."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class NewAction:
    """Something to be done by one person, by a day."""

    title: str
    owner_id: UUID | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class ActionChange:
    """What becomes of an open action: another owner, another day. None leaves it as it is."""

    owner_id: UUID | None = None
    due_on: date | None = None
