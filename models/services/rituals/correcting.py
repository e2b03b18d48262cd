"""Corrects what was said of times that are others now: skipped, put off, resting, or back."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from models.read_models import Origin, RitualView
from models.rules.rituals.steps import OccurrenceState, RitualSort
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.rituals.realigning import realigning
from models.services.rituals.rows import view_of
from models.tables import ritual_occurrences

Correct = Callable[[Session, RitualView, UUID, datetime], Iterable[Outgoing]]
"""Returns the corrections of what was said of a time, which its id names, now that it is another."""


def corrections_of(
    corrections: Mapping[str, Correct], session: Session, ritual: RitualView, time_id: UUID, now: datetime
) -> tuple[Outgoing, ...]:
    """Return what corrects what was said of that time, if its kind says something before it."""
    correct = corrections.get(ritual.kind)
    return tuple(correct(session, ritual, time_id, now)) if correct is not None else ()


@contextmanager
def correcting(
    session: Session,
    sorts: Mapping[str, RitualSort],
    corrections: Mapping[str, Correct],
    wanted: ColumnElement[bool],
    origin: Origin,
    now: datetime,
) -> Iterator[None]:
    """Change these rituals, or what they depend on, within the block, as ``realigning`` does.

    What was said of times that rest from then on, or no longer do, or take place at another, is corrected.
    """
    with realigning(session, sorts, wanted, now) as rows:
        of_kind = {row.id: view_of(row) for row in rows if row.kind in corrections}
        before = _to_come(session, of_kind, now)
        yield
    for (ritual_id, time_id), after in _to_come(session, of_kind, now).items():
        if after != before.get((ritual_id, time_id), after):
            ritual = of_kind[ritual_id]
            said = corrections_of(corrections, session, ritual, time_id, now)
            enqueue(session, ritual.workspace_id, said, correlation_id=origin.correlation_id, now=now)


def _to_come(
    session: Session, ritual_ids: Collection[UUID], now: datetime
) -> Mapping[tuple[UUID, UUID], tuple[datetime, bool]]:
    """Return of each time to come when it is and whether it rests, by its ritual's id and its own."""
    if not ritual_ids:
        return {}
    is_to_come = and_(ritual_occurrences.c.ritual_id.in_(ritual_ids), ritual_occurrences.c.starts_at > now)
    wanted = (
        select(ritual_occurrences)
        .where(is_to_come)
        .order_by(ritual_occurrences.c.name, ritual_occurrences.c.id)
    )
    return {
        (row.ritual_id, row.id): (row.starts_at, row.state is OccurrenceState.RESTED)
        for row in session.connection().execute(wanted)
    }
