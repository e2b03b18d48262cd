"""Finds the meeting that a person means, and its agenda as it stands."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import Actor, AgendaView, Meeting, MeetingTime
from models.rules.access import Capability, may
from models.services.agendas.drawing import drawn
from models.services.agendas.meetings import MEETING, meetings, yours
from models.services.agendas.rows import find_agenda
from models.services.rituals.changing import find_ritual
from models.tables import agendas, ritual_occurrences, rituals
from models.value import replace


def may_skip(session: Session, actor: Actor, agenda: AgendaView, now: datetime) -> bool:
    """Tell whether the person may say that it does not take place, and it has not begun."""
    if agenda.time.starts_at <= now:
        return False
    return may(find_ritual(session, actor, agenda.ritual.id, now).standing, Capability.CHANGE_RITUAL)


def meetings_of(session: Session, actor: Actor, now: datetime) -> tuple[Meeting, ...]:
    """Return the meetings that go on, the person's own first, and of these the soonest."""
    found = meetings(session, actor.workspace_id, now)
    is_theirs = yours(session, found, actor.person.id)
    marked = [replace(each, is_yours=is_theirs[each.ritual.id]) for each in found]
    return tuple(sorted(marked, key=lambda each: (each.next is None, not each.is_yours)))


def chosen(found: tuple[Meeting, ...], channel_id: str | None, ritual_id: UUID | None) -> Meeting | None:
    """Return the one that is named, else the channel's, else the first."""
    if ritual_id is not None:
        return next((each for each in found if each.ritual.id == ritual_id), None)
    here = [each for each in found if channel_id and each.ritual.channel_id == channel_id]
    return next(iter([*here, *found]), None)


def required_meeting(session: Session, actor: Actor, ritual_id: UUID, now: datetime) -> Meeting:
    """Return a meeting that goes on. Raises NotFound."""
    found = meetings(session, actor.workspace_id, now, rituals.c.id == ritual_id)
    if not found:
        raise NotFound(MEETING, str(ritual_id))
    return found[0]


def agenda_at(session: Session, meeting: Meeting, time: MeetingTime, now: datetime) -> AgendaView:
    """Return the agenda as it would be now; once the meeting has begun, as it was posted."""
    kept = find_agenda(session, meeting.ritual, agendas.c.occurrence_id == time.occurrence_id)
    if kept is not None and time.starts_at <= now:
        return kept
    fresh = drawn(session, meeting.ritual, time, now)
    return replace(fresh, id=kept.id if kept else None, version=kept.version if kept else 0)


def ritual_id_of(session: Session, actor: Actor, occurrence_id: UUID) -> UUID:
    """Return which meeting it is whose time that is. Raises NotFound."""
    found: UUID | None = session.scalar(
        select(ritual_occurrences.c.ritual_id).where(
            ritual_occurrences.c.workspace_id == actor.workspace_id, ritual_occurrences.c.id == occurrence_id
        )
    )
    if found is None:
        raise NotFound(MEETING, str(occurrence_id))
    return found
