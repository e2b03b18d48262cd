"""What people say of an action."""

from datetime import date
from uuid import UUID

from models.value import Value


class NewAction(Value):
    """Something to be done by one person, by a day."""

    title: str
    owner_id: UUID | None = None
    due_on: date | None = None


class ActionChange(Value):
    """What becomes of an open action: another owner, another day. None leaves it as it is."""

    owner_id: UUID | None = None
    due_on: date | None = None
