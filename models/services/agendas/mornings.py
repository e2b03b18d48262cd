"""Which meetings' minutes people's mornings ask for: those that nobody has written, of whoever took notes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, not_, select
from sqlalchemy.orm import Session

from models.rules.mornings.paces import Stage, stage_of
from models.rules.rituals.steps import OccurrenceState
from models.services.agendas.minute_rows import points
from models.services.agendas.rows import agendas
from models.services.mornings.contributions import Batch, Item, Recipient
from models.services.rituals.rows import occurrences, rituals
from models.tables import PersonSettings
from models.tables.base import table_of

WRITTEN_WITHIN = timedelta(hours=24)
"""After a meeting began."""

SAID_AGAIN_AFTER = (1, 3)
"""Days of being late on which they are asked for again."""

ASKED_FOR = timedelta(days=8)
"""After that nobody remembers what was agreed."""

_settings = table_of(PersonSettings)


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the meetings of which these people are to write what was agreed, the earliest first."""
    rows = (
        session.connection()
        .execute(
            select(
                agendas.c.id,
                agendas.c.note_taker_id,
                agendas.c.leader_id,
                rituals.c.owner_id,
                rituals.c.duration_minutes,
                occurrences.c.starts_at,
            )
            .join(rituals, rituals.c.id == agendas.c.ritual_id)
            .join(occurrences, occurrences.c.id == agendas.c.occurrence_id)
            .where(
                agendas.c.workspace_id == batch.workspace_id,
                occurrences.c.starts_at > batch.now - ASKED_FOR,
                occurrences.c.starts_at < batch.now,
                occurrences.c.state == OccurrenceState.HELD,
                not_(exists().where(points.c.agenda_id == agendas.c.id)),
            )
            .order_by(occurrences.c.starts_at, agendas.c.id)
        )
        .all()
    )
    concerned = {person_id for row in rows for person_id in _in_turn(row)}
    away = session.connection().execute(
        select(_settings.c.person_id, _settings.c.away_until).where(
            _settings.c.person_id.in_(concerned), _settings.c.away_until.is_not(None)
        )
    )
    return list(_items(rows, {row.person_id: row.away_until for row in away}, batch))


def _items(rows: Iterable[Any], away: Mapping[UUID, date], batch: Batch) -> Iterator[Item]:
    for row in rows:
        for recipient in batch.recipients:
            here = [each for each in _in_turn(row) if each not in away or away[each] < recipient.today]
            stage = _stage(row, recipient, batch)
            if stage is not None and here and here[0] == recipient.person.id:
                yield Item(recipient.person.id, row.id, stage)


def _in_turn(row: Any) -> Iterator[UUID]:  # noqa: ANN401 - a meeting's row.
    """Yield who writes them: who took notes, else who led, else whoever set the meeting up."""
    yield from filter(None, (row.note_taker_id, row.leader_id, row.owner_id))


def _stage(row: Any, recipient: Recipient, batch: Batch) -> Stage | None:  # noqa: ANN401 - As above.
    """Return how late they are; on the morning right after the meeting its thread has just asked."""
    if row.starts_at + timedelta(minutes=row.duration_minutes) > recipient.morning.at:
        return None
    due_on = (row.starts_at + WRITTEN_WITHIN).astimezone(recipient.zone).date()
    stage = stage_of(due_on, recipient.today, SAID_AGAIN_AFTER, batch.days_off, recipient.week)
    return None if stage in (Stage.SOON, Stage.AHEAD) else stage
