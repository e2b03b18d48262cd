"""What a meeting's steps do besides their messages, and what is corrected when an agenda changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import AgendaView, DueStep, MeetingTime, RitualView
from models.rules.delivery import NoticeKind, Operation
from models.rules.rituals.recurrence import instant
from models.rules.rituals.steps import IS_OFF, OccurrenceState
from models.services.agendas.drawing import drawn
from models.services.agendas.rows import agenda_id_of, find_agenda, write_agenda
from models.services.agendas.topics import is_waiting, put_on, topics_where
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.posted import posted_with
from models.services.rituals.rows import message_key, step_id_of
from models.tables import agendas, outbox_messages, ritual_occurrences
from models.value import replace

COLLECT, POST, DETAILS = "collect", "post", "details"
REFRESH, REFRESH_DETAILS = "refresh", "refresh_details"
MINUTES = "minutes"
DATE = "date"
"""The steps of a meeting. Two messages show an agenda: its own, and the details in the thread."""

CALLED_OFF = "called_off"
"""Marks, among a message's ids, a line that says whether a time takes place: true where it does not."""

ANNOUNCED = "announced"
"""Tells, among such a message's ids, whether people were asked to come to that time."""

_SHOWING = (POST, DETAILS)
_ANNOUNCING = (COLLECT, POST)


def draw_up(session: Session, step: DueStep, now: datetime) -> Sequence[Outgoing]:
    """Keep the agenda as it is now, for the message that shows it."""
    _redrawn(session, step.ritual, _time_of(step), now)
    return ()


def close(session: Session, step: DueStep, now: datetime) -> Sequence[Outgoing]:
    """Draw the agenda up for the last time: what is on the table now does not wait for the next meeting."""
    agenda = _redrawn(session, step.ritual, _time_of(step), now)
    agenda_id = agenda_id_of(agenda.time.occurrence_id)
    on_the_table = {slot.matter.id for slot in agenda.plan.slots}
    waiting = topics_where(session, step.ritual.workspace_id, is_waiting(step.ritual.id))
    here = [topic.id for topic in waiting if topic.id in on_the_table]
    put_on(session, agenda_id, here)
    # Whoever was asked for topics can bring none any more.
    return tuple(_updates(session, step.ritual, step.occurrence.id, (COLLECT,), "begun"))


def corrections(session: Session, ritual: RitualView, time: MeetingTime, now: datetime) -> Iterator[Outgoing]:
    """Draw an agenda that was posted up anew, and yield the correction of what shows it.

    Nothing is yielded of one that is not posted yet, or of a meeting that has begun.
    """
    is_it = agendas.c.occurrence_id == time.occurrence_id
    if time.starts_at <= now or find_agenda(session, ritual, is_it) is None:
        return
    agenda = _redrawn(session, ritual, time, now)
    yield from _updates(session, ritual, time.occurrence_id, _SHOWING, f"v{agenda.version}")


def correct(session: Session, ritual: RitualView, occurrence_id: UUID, now: datetime) -> Iterator[Outgoing]:
    """Yield what is to be said of a time that was skipped, brought back or put off just now.

    What asked people to come is corrected in its place, which nobody is told of; so a line says it, too.
    """
    row = (
        session.connection()
        .execute(select(ritual_occurrences).where(ritual_occurrences.c.id == occurrence_id))
        .one()
    )
    time = MeetingTime(occurrence_id, datetime.fromisoformat(row.name), row.starts_at)
    yield from corrections(session, ritual, time, now)
    yield from _updates(session, ritual, occurrence_id, (COLLECT,), f"t{row.version}")
    yield from _news(session, ritual, row)
    if row.state in IS_OFF:
        # From then on it can't be held any more, so that nothing offers to.
        over = _updates(session, ritual, occurrence_id, _ANNOUNCING, f"t{row.version}:over")
        yield from (replace(each, not_before=row.starts_at) for each in over)
    elif row.starts_at != instant(time.name, ZoneInfo(ritual.timezone)):
        yield from _new_date(session, ritual, occurrence_id, row.version)


def _news(session: Session, ritual: RitualView, row: Any) -> Iterator[Outgoing]:  # noqa: ANN401 - a row.
    """Yield the line that calls a time off, or says that it takes place after all; the last one goes."""
    if ritual.channel_id is None:
        return
    step_id, is_off = step_id_of(row.id, POST), row.state in IS_OFF
    key, part = message_key(step_id), f"t{row.version}"
    posted = posted_with(session, ritual.workspace_id, f"{key}:{CALLED_OFF}")
    last = next((each for each in reversed(posted) if each.kind is NoticeKind.RITUAL_STEP), None)
    kind, where = NoticeKind.RITUAL_STEP, ritual.channel_id
    if last is not None:
        again = f"{last.unique_key}:{part}"
        yield Outgoing(kind, Operation.UPDATE, where, again, dict(last.ids), depends_on_id=last.id)
    was_announced = any(_updates(session, ritual, row.id, _ANNOUNCING, part))
    if row.state is OccurrenceState.RESTED and not was_announced:
        return
    if is_off != (last is not None and last.ids[CALLED_OFF]):
        ids = {"step_id": str(step_id), CALLED_OFF: is_off, ANNOUNCED: was_announced}
        name = f"{key}:{CALLED_OFF}:{part}"
        yield Outgoing(kind, Operation.POST, where, name, ids, expires_at=row.starts_at)


def _new_date(session: Session, ritual: RitualView, occurrence_id: UUID, version: int) -> Iterator[Outgoing]:
    """Yield the file for calendars once more, where there is one: theirs take over the later time."""
    known = _message(session, ritual.workspace_id, occurrence_id, DATE)
    about = posted_message(session, ritual.workspace_id, occurrence_id)
    if known is None or about is None or ritual.channel_id is None:
        return
    step_id = step_id_of(occurrence_id, DATE)
    key, ids = f"{message_key(step_id)}:t{version}", {"step_id": str(step_id)}
    yield Outgoing(NoticeKind.RITUAL_STEP, Operation.FILE, ritual.channel_id, key, ids, depends_on_id=about)


def _updates(
    session: Session, ritual: RitualView, occurrence_id: UUID, kinds: Sequence[str], part: str
) -> Iterator[Outgoing]:
    """Yield the corrections of these steps' messages, as far as there are any."""
    if ritual.channel_id is None:
        return
    keys = {message_key(step_id_of(occurrence_id, kind)): kind for kind in kinds}
    for key, message_id in _messages_of(session, ritual.workspace_id, keys).items():
        yield Outgoing(
            NoticeKind.RITUAL_STEP,
            Operation.UPDATE,
            ritual.channel_id,
            f"{key}:{part}",
            {"step_id": str(step_id_of(occurrence_id, keys[key]))},
            depends_on_id=message_id,
        )


def posted_message(session: Session, workspace_id: UUID, occurrence_id: UUID) -> int | None:
    """Return the message that shows an agenda, where there is one."""
    return _message(session, workspace_id, occurrence_id, POST)


def _message(session: Session, workspace_id: UUID, occurrence_id: UUID, kind: str) -> int | None:
    key = message_key(step_id_of(occurrence_id, kind))
    return _messages_of(session, workspace_id, {key}).get(key)


def _messages_of(session: Session, workspace_id: UUID, keys: Iterable[str]) -> Mapping[str, int]:
    """Return the messages of these names, as far as there are any, in the order in which they came."""
    rows = session.connection().execute(
        select(outbox_messages.c.unique_key, outbox_messages.c.id)
        .where(outbox_messages.c.workspace_id == workspace_id, outbox_messages.c.unique_key.in_(list(keys)))
        .order_by(outbox_messages.c.id)
    )
    return {row.unique_key: row.id for row in rows}


def ask_message(session: Session, ritual: RitualView, occurrence_id: UUID, change: str) -> Iterator[Outgoing]:
    """Yield the correction of the question for minutes, where it was asked."""
    yield from _updates(session, ritual, occurrence_id, (MINUTES,), change)


def _redrawn(session: Session, ritual: RitualView, time: MeetingTime, now: datetime) -> AgendaView:
    known = find_agenda(session, ritual, agendas.c.occurrence_id == time.occurrence_id, lock=True)
    fresh = drawn(session, ritual, time, now)
    agenda = replace(fresh, id=known.id if known else None, version=known.version + 1 if known else 1)
    write_agenda(session, agenda, now)
    return agenda


def _time_of(step: DueStep) -> MeetingTime:
    return MeetingTime(step.occurrence.id, step.occurrence.name, step.occurrence.starts_at)
