"""Corrects what was said of times that are others now: skipped, put off, resting, or back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.read_models import RitualView
from models.rules.rituals.steps import OccurrenceState
from models.services.outbox.enqueue import Outgoing
from models.services.rituals.rows import occurrences

Correct = Callable[[Session, RitualView, UUID, datetime], Iterable[Outgoing]]
"""Returns the corrections of what was said of a time, which its id names, now that it is another."""


def corrections_of(
    corrections: Mapping[str, Correct], session: Session, ritual: RitualView, time_id: UUID, now: datetime
) -> tuple[Outgoing, ...]:
    """Return what corrects what was said of that time, if its kind says something before it."""
    correct = corrections.get(ritual.kind)
    return tuple(correct(session, ritual, time_id, now)) if correct is not None else ()


def resting_of(session: Session, ritual_id: UUID, now: datetime) -> Mapping[UUID, bool]:
    """Return of each time to come whether it rests, by its id."""
    is_to_come = and_(occurrences.c.ritual_id == ritual_id, occurrences.c.starts_at > now)
    wanted = select(occurrences.c.id, occurrences.c.state).where(is_to_come).order_by(occurrences.c.name)
    found = session.connection().execute(wanted)
    return {row.id: row.state is OccurrenceState.RESTED for row in found}
