"""When rituals take place: their rules with the holidays, days off and other rituals that matter to them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.rules.rituals.recurrence import Around, OnHoliday, Rule, occurrences
from models.rules.rituals.recurrence_data import as_rule
from models.rules.rituals.steps import StepRule, Timetable
from models.services.rituals.rows import name_of
from models.tables import days_off, rituals
from models.value import Value

AROUND = "around"
"""In a ritual's recurrence: the id of another ritual that it goes by."""

YEARS_AHEAD = 3
"""How far holidays are looked up; what comes later is planned by then."""

RECURRENCE = "recurrence"
TIMETABLED_BY = ("project_id", "timezone", RECURRENCE, "on_holiday", "country", "duration_minutes")
"""The columns that make a timetable, besides the id and the workspace."""
_WHATEVER_THE_PROJECT = TIMETABLED_BY[1:]
"""Those of them that matter beside the project, of which only its days off do."""


class Followed(Value):
    """What another ritual goes by of the one that it follows."""

    recurrence: Mapping[str, Any]
    on_holiday: OnHoliday


class Coming(Value):
    """One time that is still to be planned."""

    name: str
    wall: datetime
    first_due_at: datetime


def coming(timetable: Timetable, steps: Collection[StepRule], after: str) -> Iterator[Coming]:
    """Yield the times of a ritual whose name comes after that one."""
    since = datetime.fromisoformat(after)
    found = occurrences(timetable.rule, since, holidays=timetable.days_off, on_holiday=timetable.on_holiday)
    for each in found:
        if each.name > since:
            yield Coming(name_of(each.name), each.wall, timetable.first_due(steps, each.wall))


def timetables(
    session: Session, rows: Iterable[Any], now: datetime, followed: Mapping[UUID, Followed] | None = None
) -> Mapping[UUID, Timetable]:
    """Return the timetable of each of these rows of ``rituals``, by its id, in at most two statements.

    In one, where the caller has read already which rituals they follow.
    """
    rows = list(rows)
    days = _days_off_of(session, {row.workspace_id for row in rows})
    others = _others(session, rows) if followed is None else followed
    found: dict[tuple[Any, ...], Timetable] = {}
    by_id: dict[UUID, Timetable] = {}
    for row in rows:
        # Many have the same rule in the same place, and making a timetable takes longer than naming it. They
        # share one, by which others can tell that they come round together.
        off = days[row.workspace_id, row.project_id]
        same = (row.workspace_id, off, *(str(getattr(row, name)) for name in _WHATEVER_THE_PROJECT))
        if same not in found:
            found[same] = _timetable(row, others, days, now.year)
        by_id[row.id] = found[same]
    return by_id


def holidays_in(country: str, years: range) -> frozenset[date]:
    """Return a country's public holidays. Raises NotImplementedError for one that is not known."""
    return _holidays(country, years.start, years.stop)


@lru_cache(maxsize=256)
def _holidays(country: str, first: int, end: int) -> frozenset[date]:
    # The library is large, and most rituals need none of it.
    import holidays  # noqa: PLC0415

    return frozenset(holidays.country_holidays(country, years=range(first, end)))


def _timetable(
    row: Any,  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
    others: Mapping[UUID, Followed],
    days: Mapping[tuple[UUID, UUID | None], frozenset[date]],
    year: int,
) -> Timetable:
    off = days[row.workspace_id, None]
    if row.project_id is not None:
        off |= days[row.workspace_id, row.project_id]
    if row.country:
        off |= holidays_in(row.country, range(year - 1, year + YEARS_AHEAD))
    length = timedelta(minutes=row.duration_minutes)
    return Timetable(_rule(row, others), ZoneInfo(row.timezone), row.on_holiday, off, length)


def _rule(row: Any, others: Mapping[UUID, Followed]) -> Rule:  # noqa: ANN401 - as above.
    data = row.recurrence
    if AROUND not in data:
        return as_rule(data)
    other = others[UUID(data[AROUND])]
    return Around(
        as_rule(other.recurrence),
        int(data["working_days"]),
        time.fromisoformat(data["at"]),
        OnHoliday(other.on_holiday),
    )


def _others(session: Session, rows: Iterable[Any]) -> Mapping[UUID, Followed]:
    """Return the rituals that others go by."""
    wanted = {UUID(row.recurrence[AROUND]) for row in rows if AROUND in row.recurrence}
    if not wanted:
        return {}
    found = session.connection().execute(
        select(rituals.c.id, rituals.c.recurrence, rituals.c.on_holiday).where(rituals.c.id.in_(wanted))
    )
    return {row.id: Followed(row.recurrence, row.on_holiday) for row in found}


def _days_off_of(
    session: Session, workspace_ids: Collection[UUID]
) -> Mapping[tuple[UUID, UUID | None], frozenset[date]]:
    """Return the days off of these workspaces, by workspace and project."""
    found: defaultdict[tuple[UUID, UUID | None], set[date]] = defaultdict(set)
    rows = session.connection().execute(
        select(days_off.c.workspace_id, days_off.c.project_id, days_off.c.day).where(
            days_off.c.workspace_id.in_(workspace_ids)
        )
    )
    for row in rows:
        found[row.workspace_id, row.project_id].add(row.day)
    return defaultdict(frozenset, {place: frozenset(days) for place, days in found.items()})
