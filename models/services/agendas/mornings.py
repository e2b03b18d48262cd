"""Which meetings' minutes people's mornings ask for: those that nobody has written, of whoever took notes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ScalarSelect, exists, not_, select
from sqlalchemy.orm import Session

from models.rules.mornings.paces import Stage
from models.rules.rituals.steps import OccurrenceState
from models.services.mornings.contributions import Batch, Item, Recipient
from models.tables import agendas, minute_points, person_settings, ritual_occurrences, rituals

WRITTEN_WITHIN = timedelta(hours=24)
"""After a meeting began."""

ASKED_FOR = timedelta(days=8)
"""After that nobody remembers what was agreed."""


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the meetings of which these people are to write what was agreed, the earliest first."""
    return list(_items(unwritten(session, batch.workspace_id, batch.now), batch))


def unwritten(session: Session, workspace_id: UUID, now: datetime) -> Sequence[Any]:
    """Return the rows of the meetings of late whose minutes nobody wrote, in one statement."""
    in_turn = (agendas.c.note_taker_id, agendas.c.leader_id, rituals.c.owner_id)
    return (
        session.connection()
        .execute(
            select(
                agendas.c.id,
                *in_turn,
                *(_away_until(each).label(f"{each.name}_away") for each in in_turn),
                rituals.c.name,
                rituals.c.duration_minutes,
                ritual_occurrences.c.starts_at,
            )
            .join(rituals, rituals.c.id == agendas.c.ritual_id)
            .join(ritual_occurrences, ritual_occurrences.c.id == agendas.c.occurrence_id)
            .where(
                agendas.c.workspace_id == workspace_id,
                ritual_occurrences.c.starts_at > now - ASKED_FOR,
                ritual_occurrences.c.starts_at < now,
                ritual_occurrences.c.state == OccurrenceState.HELD,
                not_(exists().where(minute_points.c.agenda_id == agendas.c.id)),
            )
            .order_by(ritual_occurrences.c.starts_at, agendas.c.id)
        )
        .all()
    )


def writer_of(row: Any, today: date) -> UUID | None:  # noqa: ANN401 - a meeting's row.
    """Return who writes them: who took notes, else who led, else whoever set it up; not who is away."""
    in_turn = (
        (row.note_taker_id, row.note_taker_id_away),
        (row.leader_id, row.leader_id_away),
        (row.owner_id, row.owner_id_away),
    )
    here = (each for each, away_until in in_turn if each and (away_until is None or away_until < today))
    return next(here, None)


def due_of(row: Any, zone: ZoneInfo) -> date:  # noqa: ANN401 - As above.
    """Return the day by which they are to be written, where somebody is."""
    day: date = (row.starts_at + WRITTEN_WITHIN).astimezone(zone).date()
    return day


def _away_until(person_id: ColumnElement[UUID | None]) -> ScalarSelect[date | None]:
    return (
        select(person_settings.c.away_until).where(person_settings.c.person_id == person_id).scalar_subquery()
    )


def _items(rows: Iterable[Any], batch: Batch) -> Iterator[Item]:
    for row in rows:
        for recipient in batch.recipients:
            stage = _stage(row, recipient)
            if stage is not None and writer_of(row, recipient.today) == recipient.person.id:
                yield Item(recipient.person.id, row.id, stage)


def _stage(row: Any, recipient: Recipient) -> Stage | None:  # noqa: ANN401 - As above.
    """Return how late they are; on the morning right after the meeting its thread has just asked."""
    if row.starts_at + timedelta(minutes=row.duration_minutes) > recipient.morning.at:
        return None
    due_on = due_of(row, recipient.zone)
    if due_on < recipient.today:
        return Stage.LATE
    return Stage.TODAY if due_on == recipient.today else None
