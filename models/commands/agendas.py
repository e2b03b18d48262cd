"""What people bring to a meeting, and what they agree there."""

from dataclasses import dataclass
from uuid import UUID

from models.commands.actions import NewAction


@dataclass(frozen=True)
class TopicFields:
    """Something to talk about; no project where it concerns none, or several."""

    title: str
    project_id: UUID | None = None


@dataclass(frozen=True)
class EntryMinutes:
    """What a meeting agreed about one entry of its agenda; "" and None where nothing."""

    matter_id: UUID
    decision: str = ""
    action: NewAction | None = None


@dataclass(frozen=True)
class MinutesFields:
    """What a meeting agreed: entry by entry, and what else is worth keeping."""

    entries: tuple[EntryMinutes, ...] = ()
    other: str = ""
