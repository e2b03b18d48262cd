"""What people bring to a meeting, and what they agree there."""

from uuid import UUID

from models.commands.actions import NewAction
from models.value import Value


class TopicFields(Value):
    """Something to talk about; no project where it concerns none, or several."""

    title: str
    project_id: UUID | None = None
    minutes: int = 0
    """How many it needs; 0 for whatever is left."""


class EntryMinutes(Value):
    """What a meeting agreed about one entry of its agenda; "" and None where nothing."""

    matter_id: UUID
    decision: str = ""
    action: NewAction | None = None


class MinutesFields(Value):
    """What a meeting agreed: entry by entry, and what else is worth keeping."""

    entries: tuple[EntryMinutes, ...] = ()
    other: str = ""
