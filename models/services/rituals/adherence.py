"""How well rituals were kept of late: by what came of their times, where a kind knows that."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from models.read_models import Adherence
from models.rules.rituals.steps import COUNTED_AS, OccurrenceState, Outcome, RitualSort, Timetable
from models.services.rituals.left_out import on_days_off
from models.tables import ritual_occurrences
from models.value import Value

KEPT_DAYS = 90
"""The days over which it is told how well a ritual was kept."""


class PastTime(Value):
    """A time that came round and was not skipped; ``day`` is the day it was due, where the ritual is."""

    id: UUID
    project_id: UUID | None
    day: date


OutcomeOf = Callable[[Session, Sequence[PastTime], datetime], Mapping[UUID, Outcome]]
"""Tells what came of the times of one kind's rituals, by the times' ids."""

_OF_STATE = {
    OccurrenceState.HELD: Outcome.KEPT,
    OccurrenceState.SKIPPED: Outcome.SKIPPED,
    OccurrenceState.MISSED: Outcome.MISSED,
}
_KEPT = frozenset({Outcome.KEPT, Outcome.LATE})


def adherence(
    session: Session,
    rows: Sequence[Any],
    sorts: Mapping[str, RitualSort],
    outcomes: Mapping[str, OutcomeOf],
    tables: Mapping[UUID, Timetable],
    now: datetime,
) -> Mapping[UUID, Adherence]:
    """Return how well each of these rituals was kept; it takes two statements, and one for each such kind."""
    since = now - timedelta(days=KEPT_DAYS)
    times = session.connection().execute(
        select(ritual_occurrences)
        .where(
            ritual_occurrences.c.ritual_id.in_([row.id for row in rows]),
            ritual_occurrences.c.starts_at.between(since, now),
            ritual_occurrences.c.state.in_(_OF_STATE),
            # What somebody ran besides is none that the rule says.
            ritual_occurrences.c.is_extra == false(),
        )
        .order_by(ritual_occurrences.c.starts_at)
    )
    by_ritual: defaultdict[UUID, list[Any]] = defaultdict(list)
    for time in times:
        by_ritual[time.ritual_id].append(time)
    came = {time.id: _OF_STATE[time.state] for those in by_ritual.values() for time in those}
    for kind in {row.kind for row in rows} & outcomes.keys():
        ours = [_past(row, time) for row in rows if row.kind == kind for time in by_ritual[row.id]]
        came |= outcomes[kind](session, [each for each in ours if came[each.id] is not Outcome.SKIPPED], now)
    off = on_days_off(session, rows, tables, since, now)
    return {
        row.id: _counted(
            row,
            by_ritual[row.id],
            came,
            off.get(row.id, ()),
            sorts[row.kind].counted_as if row.kind in sorts else COUNTED_AS,
        )
        for row in rows
    }


def _past(row: Any, time: Any) -> PastTime:  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
    return PastTime(time.id, row.project_id, time.starts_at.astimezone(ZoneInfo(row.timezone)).date())


def _counted(
    row: Any,  # noqa: ANN401 - as above.
    times: Sequence[Any],
    came: Mapping[UUID, Outcome],
    off: Sequence[datetime],
    counted_as: str,
) -> Adherence:
    # What came before the first time on record is from before anybody looked after it.
    off = [at for at in off if times and at > times[0].starts_at]
    counted = [time for time in times if came[time.id] is not Outcome.OPEN]
    number, zone = Counter(came[time.id] for time in counted), ZoneInfo(row.timezone)
    return Adherence(
        counted_as,
        counted[0].starts_at.astimezone(zone).date() if counted else None,
        kept=number[Outcome.KEPT] + number[Outcome.LATE],
        late=number[Outcome.LATE],
        moved=sum(came[time.id] in _KEPT and _is_moved(time, zone) for time in counted),
        skipped=number[Outcome.SKIPPED],
        missed=number[Outcome.MISSED],
        days_off=len(off),
    )


def _is_moved(time: Any, zone: ZoneInfo) -> bool:  # noqa: ANN401 - as above.
    """Tell whether it took place on another day than its rule says: a holiday moved it, or somebody."""
    return bool(time.starts_at.astimezone(zone).date() != datetime.fromisoformat(time.name).date())
