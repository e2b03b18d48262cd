"""Minutes: made of an agenda's entries; what is decided and promised becomes records of its own."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.commands import (
    MinutesFields,
)
from models.database import Database
from models.errors import Invalid, NotFound
from models.read_models import (
    Actor,
    FieldChange,
    MinutesPage,
    MinutesView,
    Origin,
)
from models.rules.access import Capability
from models.rules.delivery import NoticeKind, Operation
from models.services import audit
from models.services.agendas.meetings import MEETING, meetings, yours
from models.services.agendas.minute_rows import (
    HeldMeeting,
    held_meetings,
    insert_points,
    minutes_of,
)
from models.services.agendas.steps import ask_message, posted_message
from models.services.agendas.topics import put_on
from models.services.agendas.writing_minutes import MinutesWriter
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.outbox.posted import posted_with
from models.services.raid.changing import Doing
from models.services.receipts import claim
from models.services.standing import require, standing

MOST_SHOWN = 50
"""Meetings looked back at."""
_NOT_YET = "That meeting has not begun yet."


class Minutes:
    """What meetings agreed, written down by whoever was there."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def page(
        self, actor: Actor, *, agenda_id: UUID | None = None, channel_id: str | None = None, now: datetime
    ) -> MinutesPage | None:
        """Return a meeting that has begun with what was agreed; None where there was none.

        Without a name it is the latest of the channel's, else of the person's own, else of all. Raises
        NotFound, NotAllowed.
        """
        require(standing(actor), Capability.SEE_AGENDA)
        with self._database.read() as session:
            held = held_meetings(session, actor.workspace_id, now, MOST_SHOWN)
            chosen = _chosen(session, actor, held, agenda_id, channel_id, now)
            if chosen is None:
                return None
            theirs = [each.agenda_id for each in held if each.ritual_id == chosen.ritual_id]
            place = theirs.index(chosen.agenda_id)
            return MinutesPage(
                minutes=minutes_of(session, actor.workspace_id, chosen.agenda_id),
                earlier_id=theirs[place + 1] if place + 1 < len(theirs) else None,
                later_id=theirs[place - 1] if place else None,
            )

    def write(
        self, actor: Actor, agenda_id: UUID, fields: MinutesFields, *, origin: Origin, now: datetime
    ) -> MinutesView:
        """Add to what a meeting agreed. Raises NotFound, NotAllowed, Invalid.

        The names of problems end with the place of the entry among ``fields``: "decision 0", "owner_id 2".
        """
        require(standing(actor), Capability.WRITE_MINUTES)
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, agenda_id, now) is not None:
                return minutes_of(session, actor.workspace_id, agenda_id)
            before = minutes_of(session, actor.workspace_id, agenda_id, lock=True)
            if before.agenda.time.starts_at > now:
                raise Invalid({"other": _NOT_YET})
            writer = MinutesWriter(Doing(session, actor, origin, now), before.agenda)
            new = writer.write(fields)
            said_of = [entry.matter_id for entry in fields.entries if entry.decision or entry.action]
            put_on(session, agenda_id, said_of)
            insert_points(session, actor.workspace_id, agenda_id, new, (actor.person.id, now))
            changes = (FieldChange("points", str(len(before.points)), str(len(before.points) + len(new))),)
            version = len(before.points) + len(new)
            entry = audit.Entry("minutes", agenda_id, version, "written", changes)
            audit.record(session, actor, entry, origin=origin, now=now)
            said = tuple(_said(session, before, version))
            enqueue(session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)
            return minutes_of(session, actor.workspace_id, agenda_id)


def _chosen(
    session: Session,
    actor: Actor,
    held: Sequence[HeldMeeting],
    agenda_id: UUID | None,
    channel_id: str | None,
    now: datetime,
) -> HeldMeeting | None:
    if agenda_id is not None:
        found = next((each for each in held if each.agenda_id == agenda_id), None)
        if found is None:
            raise NotFound(MEETING, str(agenda_id))
        return found
    here = [each for each in held if channel_id and each.channel_id == channel_id]
    theirs = yours(session, meetings(session, actor.workspace_id, now), actor.person.id)
    own = [each for each in held if theirs.get(each.ritual_id)]
    return next(iter([*here, *own, *held]), None)


def _said(session: Session, before: MinutesView, version: int) -> Iterator[Outgoing]:
    """Yield the minutes in the agenda's thread, or their correction, and that nobody is asked any more."""
    agenda = before.agenda
    channel_id, agenda_id = agenda.ritual.channel_id, agenda.id
    workspace_id, occurrence_id = agenda.ritual.workspace_id, agenda.time.occurrence_id
    about = posted_message(session, workspace_id, occurrence_id)
    if channel_id is None or about is None:
        return
    key, ids = f"minutes:{agenda_id}:said", {"agenda_id": str(agenda_id)}
    earlier = posted_with(session, workspace_id, key)
    if earlier:
        yield Outgoing(
            NoticeKind.MEETING_MINUTES,
            Operation.UPDATE,
            channel_id,
            f"minutes:{agenda_id}:v{version}",
            ids,
            depends_on_id=earlier[0].id,
        )
    else:
        yield Outgoing(
            NoticeKind.MEETING_MINUTES, Operation.REPLY, channel_id, f"{key}:1", ids, depends_on_id=about
        )
    yield from ask_message(session, agenda.ritual, occurrence_id, version)
