"""Meetings and their agendas as services return them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.read_models.people import PersonRef
from models.read_models.rituals import RitualView
from models.rules.agenda import AgendaPlan


@dataclass(frozen=True)
class MeetingTime:
    """One time that a meeting takes place. ``occurrence_id`` names it also before it is planned."""

    occurrence_id: UUID
    name: datetime
    """The naive local time that its rule says."""
    starts_at: datetime


@dataclass(frozen=True)
class Meeting:
    """A meeting that comes round, and its next time; None where none comes."""

    ritual: RitualView
    next: MeetingTime | None
    is_yours: bool = False
    """Whether the person asking is expected there."""


@dataclass(frozen=True)
class TopicView:
    """Something that somebody wants to talk about; ``meeting`` is the name of where."""

    id: UUID
    workspace_id: UUID
    ritual_id: UUID
    meeting: str
    author: PersonRef
    version: int
    title: str
    added_at: datetime
    updated_at: datetime
    project_id: UUID | None = None
    project_key: str = ""
    agenda_id: UUID | None = None
    """The agenda on which it was talked about."""
    is_removed: bool = False

    @property
    def reference(self) -> str:
        """Return what refusals call it; its title is somebody's own words, and has no place there."""
        return "The topic"


@dataclass(frozen=True)
class AgendaView:
    """An agenda: as it was posted, or, without an id, as it would be now."""

    ritual: RitualView
    time: MeetingTime
    plan: AgendaPlan
    since: date
    changes: tuple[str, ...]
    """What changed since then, in words."""
    quiet: tuple[str, ...]
    """The short names of projects of which there is nothing to say."""
    leader: PersonRef | None = None
    note_taker: PersonRef | None = None
    absent: tuple[PersonRef, ...] = ()
    """Who said that they can't come."""
    id: UUID | None = None
    version: int = 0


@dataclass(frozen=True)
class AgendaPage:
    """What ``/agenda`` shows: a meeting's agenda, and the person's own topics on it."""

    agenda: AgendaView
    topics: tuple[TopicView, ...]
    """Those that the person may change."""
    others: tuple[Meeting, ...] = ()
    """Further meetings of the person."""
