"""Meetings and their agendas as services return them."""

from datetime import date, datetime
from uuid import UUID

from models.read_models.people import PersonRef
from models.read_models.rituals import RitualView
from models.rules.actions import ActionStatus
from models.rules.agendas.planning import AgendaPlan
from models.rules.days import near_words
from models.value import Value

NOTES = "notes_url"
"""A meeting's setting: where its notes are."""


class MeetingTime(Value):
    """One time that a meeting takes place. ``occurrence_id`` names it also before it is planned."""

    occurrence_id: UUID
    name: datetime
    """The naive local time that its rule says."""
    starts_at: datetime

    @property
    def key(self) -> str:
        """Return its name as it is kept."""
        return self.name.isoformat(timespec="minutes")


class Meeting(Value):
    """A meeting that comes round, and its next time; None where none comes."""

    ritual: RitualView
    next: MeetingTime | None
    is_yours: bool = False
    """Whether the person asking is expected there."""


class TopicView(Value):
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
    minutes: int = 0
    """How many were asked for; 0 for whatever is left."""

    @property
    def reference(self) -> str:
        """Return what refusals call it; its title is somebody's own words, and has no place there."""
        return "The topic"


class AgendaView(Value):
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

    @property
    def notes_url(self) -> str:
        """Return where the meeting's notes are, "" where nobody said."""
        return str(self.ritual.settings.get(NOTES) or "")


class MinutePointView(Value):
    """One thing that a meeting agreed."""

    id: UUID
    text: str
    is_decision: bool
    project_key: str = ""
    reference: str = ""
    """The decision's public name, where it is a record of its own."""
    owner: PersonRef | None = None
    """Who does it, of an action."""
    due_on: date | None = None
    status: ActionStatus | None = None
    """What became of the action."""
    decision_id: UUID | None = None
    """The decision, where it is a record of its own."""
    action_id: UUID | None = None
    added_by: PersonRef | None = None

    @property
    def is_text(self) -> bool:
        """Tell whether it is no record of its own, so that it is changed here."""
        return self.decision_id is None and self.action_id is None

    @property
    def label(self) -> str:
        """Return what its line begins with."""
        if self.is_decision:
            return "Decided"
        return "To do" if self.owner else "Also"

    @property
    def after(self) -> str:
        """Return who does it by when, or the decision's name; "" where there is neither."""
        if self.owner is None or self.due_on is None:
            return self.reference
        if self.status is ActionStatus.CANCELLED:
            return f"{self.owner.name}, cancelled"
        done = "✓ " if self.status is ActionStatus.DONE else ""
        return f"{done}{self.owner.name}, by {near_words(self.due_on)}"


class MinutesView(Value):
    """What a meeting agreed, in the order in which it was written down, and by whom."""

    agenda: AgendaView
    points: tuple[MinutePointView, ...] = ()
    writers: tuple[PersonRef, ...] = ()

    @property
    def reference(self) -> str:
        """Return what the minutes are of."""
        return self.agenda.ritual.name

    @property
    def version(self) -> int:
        """Return how much is written down."""
        return len(self.points)

    def since(self, version: int, reader: PersonRef) -> tuple[MinutePointView, ...]:
        """Return what others have written down since that version."""
        return tuple(each for each in self.points[version:] if each.added_by != reader)


class MinutesPage(Value):
    """A meeting that has begun, and those before and after it."""

    minutes: MinutesView
    earlier_id: UUID | None = None
    later_id: UUID | None = None
    may_take_back: bool = False
    """Whether the person wrote some of it just now."""


class AgendaPage(Value):
    """What ``/agenda`` shows: a meeting's agenda, and the person's own topics on it."""

    agenda: AgendaView
    topics: tuple[TopicView, ...]
    """Those that the person may change."""
    others: tuple[Meeting, ...] = ()
    """Further meetings of the person."""
    last_id: UUID | None = None
    """The agenda of the last time that it took place."""
    may_skip: bool = False
    """Whether the person may let this time not take place."""
