"""Reads and writes agendas as they were posted, with their entries and people's names."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Row, Select, delete, insert, select, update
from sqlalchemy.orm import Session

from models.read_models import AgendaView, MeetingTime, PersonRef, RitualView
from models.rules.agendas.entries import Cause, Matter, Reason
from models.rules.agendas.planning import AgendaPlan, Slot
from models.rules.rituals.steps import IS_OFF
from models.tables import agenda_entries, agendas, meeting_absences, people, ritual_occurrences
from models.value import Value

_leaders = people.alias("agenda_leader")
_note_takers = people.alias("agenda_note_taker")

_SELECT: Select[Any] = (
    select(
        agendas,
        ritual_occurrences.c.name.label("occurrence_name"),
        ritual_occurrences.c.starts_at,
        _leaders.c.slack_user_id.label("leader_slack_id"),
        _leaders.c.name.label("leader_name"),
        _note_takers.c.slack_user_id.label("note_taker_slack_id"),
        _note_takers.c.name.label("note_taker_name"),
    )
    .join(ritual_occurrences, ritual_occurrences.c.id == agendas.c.occurrence_id)
    .outerjoin(_leaders, _leaders.c.id == agendas.c.leader_id)
    .outerjoin(_note_takers, _note_takers.c.id == agendas.c.note_taker_id)
)


class Earlier(Value):
    """A meeting that took place before: who led it and who took notes."""

    agenda_id: UUID
    starts_at: datetime
    leader_id: UUID | None
    note_taker_id: UUID | None


def agenda_id_of(occurrence_id: UUID) -> UUID:
    """Return the id of the agenda of one time: the same however often it is drawn up."""
    return uuid5(occurrence_id, "agenda")


def earlier_of(session: Session, ritual_id: UUID, before: datetime) -> tuple[Earlier, ...]:
    """Return the ritual's meetings that took place before that instant, the latest first."""
    rows = session.connection().execute(
        select(agendas.c.id, ritual_occurrences.c.starts_at, agendas.c.leader_id, agendas.c.note_taker_id)
        .join(ritual_occurrences, ritual_occurrences.c.id == agendas.c.occurrence_id)
        .where(
            agendas.c.ritual_id == ritual_id,
            ritual_occurrences.c.starts_at < before,
            ritual_occurrences.c.state.not_in(IS_OFF),
        )
        .order_by(ritual_occurrences.c.starts_at.desc())
    )
    return tuple(Earlier(row.id, row.starts_at, row.leader_id, row.note_taker_id) for row in rows)


def absent_from(session: Session, occurrence_id: UUID) -> tuple[PersonRef, ...]:
    """Return who said that they can't come."""
    rows = session.connection().execute(
        select(people.c.id, people.c.slack_user_id, people.c.name)
        .join(meeting_absences, meeting_absences.c.person_id == people.c.id)
        .where(meeting_absences.c.occurrence_id == occurrence_id)
        .order_by(people.c.name)
    )
    return tuple(PersonRef(row.id, row.slack_user_id, row.name) for row in rows)


def find_agenda(
    session: Session, ritual: RitualView, condition: ColumnElement[bool], *, lock: bool = False
) -> AgendaView | None:
    """Return the ritual's newest agenda of which the condition is true; ``lock`` keeps others off it."""
    wanted = _SELECT.where(agendas.c.ritual_id == ritual.id, condition)
    if lock:
        wanted = wanted.with_for_update(of=agendas)
    row = (
        session.connection().execute(wanted.order_by(ritual_occurrences.c.starts_at.desc()).limit(1)).first()
    )
    if row is None:
        return None
    found = session.connection().execute(
        select(agenda_entries).where(agenda_entries.c.agenda_id == row.id).order_by(agenda_entries.c.position)
    )
    return _agenda_of(row, ritual, found.all(), absent_from(session, row.occurrence_id))


def write_agenda(session: Session, agenda: AgendaView, now: datetime) -> None:
    """Write an agenda, over the one that was posted for the same time if there is one."""
    agenda_id = agenda_id_of(agenda.time.occurrence_id)
    values = {
        "version": agenda.version,
        "drawn_at": now,
        "length": agenda.plan.length,
        "opening": agenda.plan.opening,
        "closing": agenda.plan.closing,
        "since": agenda.since,
        "changes": [{"text": text} for text in agenda.changes],
        "quiet": [{"key": key} for key in agenda.quiet],
        "leader_id": agenda.leader.id if agenda.leader else None,
        "note_taker_id": agenda.note_taker.id if agenda.note_taker else None,
    }
    connection = session.connection()
    if agenda.id is None:
        identity = {
            "id": agenda_id,
            "workspace_id": agenda.ritual.workspace_id,
            "ritual_id": agenda.ritual.id,
            "occurrence_id": agenda.time.occurrence_id,
        }
        connection.execute(insert(agendas), identity | values)
    else:
        connection.execute(update(agendas).where(agendas.c.id == agenda_id), values)
        connection.execute(delete(agenda_entries).where(agenda_entries.c.agenda_id == agenda_id))
    rows = list(_entries(agenda, agenda_id))
    if rows:
        connection.execute(insert(agenda_entries), rows)


def _entries(agenda: AgendaView, agenda_id: UUID) -> Iterator[dict[str, Any]]:
    slots = (*agenda.plan.slots, *(Slot(matter, 0) for matter in agenda.plan.overflow))
    for position, slot in enumerate(slots):
        yield {
            "id": uuid5(agenda_id, str(slot.matter.id)),
            "workspace_id": agenda.ritual.workspace_id,
            "agenda_id": agenda_id,
            "position": position,
            "matter_id": slot.matter.id,
            "name": slot.matter.name,
            "minutes": slot.minutes,
            "reasons": [_kept(reason) for reason in slot.matter.reasons],
        }


def _kept(reason: Reason) -> dict[str, Any]:
    return {
        "cause": reason.cause.value,
        "text": reason.text,
        "also": reason.also,
        "detail": reason.detail,
        "days": reason.days,
        "record": str(reason.record_id) if reason.record_id else None,
        "asked": reason.asked,
    }


def _agenda_of(
    row: Row[Any], ritual: RitualView, found: Sequence[Row[Any]], absent: tuple[PersonRef, ...]
) -> AgendaView:
    slots = [Slot(_matter_of(each), each.minutes) for each in found]
    plan = AgendaPlan(
        length=row.length,
        opening=row.opening,
        slots=tuple(slot for slot in slots if slot.minutes),
        closing=row.closing,
        overflow=tuple(slot.matter for slot in slots if not slot.minutes),
    )
    return AgendaView(
        ritual=ritual,
        time=MeetingTime(row.occurrence_id, datetime.fromisoformat(row.occurrence_name), row.starts_at),
        plan=plan,
        since=row.since,
        changes=tuple(each["text"] for each in row.changes),
        quiet=tuple(each["key"] for each in row.quiet),
        leader=_person(row.leader_id, row.leader_slack_id, row.leader_name),
        note_taker=_person(row.note_taker_id, row.note_taker_slack_id, row.note_taker_name),
        absent=absent,
        id=row.id,
        version=row.version,
    )


def _matter_of(row: Row[Any]) -> Matter:
    reasons = tuple(
        Reason(
            Cause(each["cause"]),
            each["text"],
            each["also"],
            each["detail"],
            each["days"],
            UUID(each["record"]) if each.get("record") else None,
            each.get("asked", ""),
        )
        for each in row.reasons
    )
    return Matter(row.matter_id, row.name, reasons)


def _person(person_id: UUID | None, slack_user_id: str | None, name: str | None) -> PersonRef | None:
    return PersonRef(person_id, slack_user_id or "", name or "") if person_id else None
