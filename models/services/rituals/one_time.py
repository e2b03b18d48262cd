"""Finds one time of a ritual that somebody wants to change, planned if it was not yet."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Invalid, NotFound
from models.rules.rituals.recurrence import occurrences as times_of
from models.rules.rituals.steps import STILL_TAKES_PLACE, OccurrenceState, RitualSort, Timetable
from models.services.rituals.changing import FoundRitual, this_one
from models.services.rituals.realigning import realigning
from models.services.rituals.rows import name_of
from models.services.rituals.timetables import coming, timetables
from models.tables import ritual_occurrences, ritual_steps
from models.value import Value

FARTHEST = timedelta(days=100)
"""How far ahead a time can be skipped or put off."""

TIME = "time"
"""What the audit trail and refusals call it."""

_OVER = "{} of that day is over already, so nothing about it can change."
_NO_MORE = "{} does not come round any more."


class FoundTime(Value):
    """A time of a ritual that somebody wants to change."""

    ritual: FoundRitual
    sort: RitualSort
    timetable: Timetable
    id: UUID
    name: datetime
    starts_at: datetime
    state: OccurrenceState
    is_put_off: bool

    @property
    def usual(self) -> datetime:
        """Return the naive local time at which it takes place unless somebody puts it off."""
        table = self.timetable
        found = times_of(
            table.rule, self.name, self.name, holidays=table.days_off, on_holiday=table.on_holiday
        )
        return next((each.wall for each in found), self.name)


def find_time(
    session: Session,
    sorts: Mapping[str, RitualSort],
    ritual: FoundRitual,
    name: str | None,
    now: datetime,
) -> FoundTime:
    """Return the time of that name, the next where none is given. Raises NotFound, Invalid."""
    sort = sorts[ritual.setup.ritual.kind]
    timetable = timetables(session, [ritual.row], now)[ritual.setup.id]
    wanted = _next(session, ritual, sort, timetable, now) if name is None else _read(name, timetable, now)
    with realigning(session, sorts, this_one(ritual.setup.id), now, through=wanted):
        pass
    return _locked(session, ritual, sort, timetable, name_of(wanted), now)


def _read(name: str, timetable: Timetable, now: datetime) -> datetime:
    try:
        wanted = datetime.fromisoformat(name)
    except ValueError:
        raise NotFound(TIME, name) from None
    if wanted > now.astimezone(timetable.zone).replace(tzinfo=None) + FARTHEST:
        raise NotFound(TIME, name)
    return wanted


def _next(
    session: Session, ritual: FoundRitual, sort: RitualSort, timetable: Timetable, now: datetime
) -> datetime:
    """Return the name of the next time that is not skipped. Raises Invalid."""
    waiting = session.connection().execute(
        select(ritual_occurrences.c.name, ritual_occurrences.c.state).where(
            ritual_occurrences.c.ritual_id == ritual.setup.id, ritual_occurrences.c.starts_at > now
        )
    )
    known = {row.name: row.state for row in waiting}
    planned = [name for name, state in known.items() if state in STILL_TAKES_PLACE]
    rest = ritual.setup.rest
    here = now.astimezone(timetable.zone).replace(tzinfo=None)
    for each in coming(timetable, sort.steps, name_of(here)):
        if each.name not in known and not (rest is not None and rest.holds_on(each.wall.date())):
            planned.append(each.name)
            break
    if not planned:
        raise Invalid({TIME: _NO_MORE.format(ritual.setup.reference)})
    return datetime.fromisoformat(min(planned))


def _locked(
    session: Session,
    ritual: FoundRitual,
    sort: RitualSort,
    timetable: Timetable,
    name: str,
    now: datetime,
) -> FoundTime:
    """Return that time, with its steps locked against running. Raises NotFound, Invalid."""
    connection = session.connection()
    is_it = (ritual_occurrences.c.ritual_id == ritual.setup.id) & (ritual_occurrences.c.name == name)
    row = connection.execute(select(ritual_occurrences).where(is_it)).one_or_none()
    if row is None:
        raise NotFound(TIME, name)
    connection.execute(
        select(ritual_steps.c.id).where(ritual_steps.c.occurrence_id == row.id).with_for_update()
    ).all()
    # What ran meanwhile is known only behind the lock.
    row = connection.execute(select(ritual_occurrences).where(is_it)).one()
    if row.state is OccurrenceState.MISSED or row.starts_at <= now:
        raise Invalid({TIME: _OVER.format(ritual.setup.reference)})
    return FoundTime(
        ritual,
        sort,
        timetable,
        row.id,
        datetime.fromisoformat(row.name),
        row.starts_at,
        row.state,
        is_put_off=row.put_off_to is not None,
    )
