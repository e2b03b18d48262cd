"""When a ritual comes round: wall time in a place, counted in local days, and only then made an instant.

Source: CalConnect CC/R 0602, a recurrence needs a zone. What is counted in UTC, or in hours, drifts when the
clocks change. Holidays come in as a set of dates.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import islice

from dateutil import rrule

from models.rules.rituals.workdays import is_working_day, moved_by_working_days, nearest_working_day
from models.value import Value

LAST = -1
"""As the n-th weekday of a month: its last one."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_REACH = timedelta(days=40)
"""How far holidays in a row, or a clock that changes, can move an occurrence."""
_WEEKS_OF_MONTH = (1, 2, 3, 4, LAST)
_DAYS_OF_WEEK = range(7)
_DAYS_OF_MONTH = range(1, 32)


class OnHoliday(StrEnum):
    """What becomes of an occurrence that falls on a holiday or a weekend."""

    KEEP = "keep"
    SKIP = "skip"
    PREVIOUS = "previous"
    """It takes place on the last working day before."""
    NEXT = "next"


class Weekly(Value):
    """On some days of every n-th week, counted from the anchor's; Monday is 0, as ``date.weekday`` has it."""

    weekdays: frozenset[int]
    at: time
    anchor: date
    interval: int = 1


class MonthlyByWeekday(Value):
    """On the n-th weekday of every n-th month, counted from the anchor's: 1 to 4, or ``LAST``."""

    nth: int
    weekday: int
    at: time
    anchor: date
    interval: int = 1


class MonthlyByDay(Value):
    """On a day of every n-th month, counted from the anchor's; on its last day where the month is shorter."""

    day: int
    at: time
    anchor: date
    interval: int = 1


class Once(Value):
    """At one time, and never again."""

    on: datetime


Regular = Weekly | MonthlyByWeekday | MonthlyByDay | Once


class Around(Value):
    """Some working days after each time of another ritual; a negative number is before it."""

    other: Regular
    working_days: int
    at: time
    other_on_holiday: OnHoliday = OnHoliday.KEEP


Rule = Regular | Around


class Occurrence(Value):
    """One time that a rule comes round.

    ``name`` is the naive local time that the rule says, whatever moves it: with a new time zone database, or
    another list of holidays, the same occurrence keeps its name, so that none is lost or comes twice.
    ``wall`` is the naive local time at which it takes place.
    """

    name: datetime
    wall: datetime


def occurrences(
    rule: Rule,
    since: datetime,
    until: datetime | None = None,
    *,
    holidays: Collection[date] = (),
    on_holiday: OnHoliday = OnHoliday.KEEP,
) -> Iterator[Occurrence]:
    """Yield what the rule says from the naive local time ``since`` on, by name; without an end but for Once.

    No name comes after ``until``. What falls on a holiday or a weekend is kept, skipped or moved as
    ``on_holiday`` says; two that come to one time take place once. Raises ValueError for a rule that makes no
    sense.
    """
    for name, wall in _planned(rule, since, holidays):
        if until is not None and name > until:
            return
        moved = _moved(wall, holidays, on_holiday)
        if moved is not None and not _gives_way(rule, Occurrence(name, wall), moved, holidays, on_holiday):
            yield Occurrence(name, moved)


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """Return when it is that time on the wall, in UTC.

    A time that the clocks skip is as much later as they skip; of one that comes twice it is the first.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def upcoming(
    rule: Rule,
    zone: tzinfo,
    now: datetime,
    count: int,
    *,
    holidays: Collection[date] = (),
    on_holiday: OnHoliday = OnHoliday.KEEP,
) -> tuple[tuple[Occurrence, datetime], ...]:
    """Return the next occurrences after now with their instants, at most ``count``."""
    since = now.astimezone(zone).replace(tzinfo=None) - _reach(rule)
    coming = (
        (each, instant(each.wall, zone))
        for each in occurrences(rule, since, holidays=holidays, on_holiday=on_holiday)
    )
    return tuple(islice(((each, at) for each, at in coming if at > now), count))


def _reach(rule: Rule) -> timedelta:
    """Return how long after its name an occurrence may take place; a working day spans three days at most."""
    return _REACH + max(0, rule.working_days) * 3 * _DAY if isinstance(rule, Around) else _REACH


def _planned(rule: Rule, since: datetime, holidays: Collection[date]) -> Iterator[tuple[datetime, datetime]]:
    """Yield the name of each time, and when it would be if it were no holiday."""
    if isinstance(rule, Around):
        for each in occurrences(rule.other, since, holidays=holidays, on_holiday=rule.other_on_holiday):
            day = moved_by_working_days(each.wall.date(), rule.working_days, holidays)
            yield each.name, datetime.combine(day, rule.at)
        return
    for name in _times(rule, since):
        yield name, name


def _times(rule: Regular, since: datetime) -> Iterator[datetime]:
    """Yield the naive local times of a rule from ``since`` on, begun near it, in phase with the anchor."""
    if isinstance(rule, Once):
        yield from [rule.on] if rule.on >= since else []
        return
    _check(rule)
    if isinstance(rule, Weekly):
        yield from _weekly(rule, since)
    elif isinstance(rule, MonthlyByWeekday):
        yield from _monthly(rule, since, byweekday=rrule.weekday(rule.weekday, rule.nth))
    else:
        # Of the days up to that one, the last that the month has.
        yield from _monthly(rule, since, bymonthday=range(1, rule.day + 1), bysetpos=-1)


def _check(rule: Weekly | MonthlyByWeekday | MonthlyByDay) -> None:
    """Raise ValueError where the rule names what no calendar has."""
    if isinstance(rule, Weekly):
        is_one = bool(rule.weekdays) and rule.weekdays <= set(_DAYS_OF_WEEK)
    elif isinstance(rule, MonthlyByWeekday):
        is_one = rule.nth in _WEEKS_OF_MONTH and rule.weekday in _DAYS_OF_WEEK
    else:
        is_one = rule.day in _DAYS_OF_MONTH
    if not is_one:
        msg = f"{rule} is no day of a calendar"
        raise ValueError(msg)
    if rule.interval < 1:
        msg = f"{rule} comes never"
        raise ValueError(msg)


def _weekly(rule: Weekly, since: datetime) -> Iterator[datetime]:
    monday = rule.anchor - rule.anchor.weekday() * _DAY
    weeks = max(0, (since.date() - monday).days // 7)
    start = monday + (weeks - weeks % rule.interval) * 7 * _DAY
    yield from _from(
        rule.anchor,
        since,
        rrule.rrule(
            rrule.WEEKLY,
            dtstart=datetime.combine(start, rule.at),
            interval=rule.interval,
            byweekday=sorted(rule.weekdays),
            wkst=rrule.MO,
        ),
    )


def _monthly(rule: MonthlyByWeekday | MonthlyByDay, since: datetime, **days: object) -> Iterator[datetime]:
    months = max(0, (since.year - rule.anchor.year) * 12 + since.month - rule.anchor.month)
    years, month = divmod(rule.anchor.month - 1 + months - months % rule.interval, 12)
    start = date(rule.anchor.year + years, month + 1, 1)
    by_month: Callable[..., rrule.rrule] = rrule.rrule
    times = by_month(rrule.MONTHLY, dtstart=datetime.combine(start, rule.at), interval=rule.interval, **days)
    yield from _from(rule.anchor, since, times)


def _from(anchor: date, since: datetime, times: rrule.rrule) -> Iterator[datetime]:
    """Yield what is neither before the anchor nor before ``since``."""
    yield from (each for each in times if each.date() >= anchor and each >= since)


def _gives_way(
    rule: Rule, planned: Occurrence, moved: datetime, holidays: Collection[date], on_holiday: OnHoliday
) -> bool:
    """Tell whether another time takes place just then: the one that is moved least, or the last by its name.

    That hangs on the rule alone, not on where one begins to count.
    """
    if isinstance(rule, Around):
        following = (wall for _, wall in _planned(rule, planned.name + _MINUTE, holidays))
        return any(_moved(wall, holidays, on_holiday) == moved for wall in islice(following, 1))
    if moved < planned.wall:
        return next(_times(rule, moved), planned.name) < planned.name
    return moved > planned.wall and next(_times(rule, planned.name + _MINUTE), moved + _DAY) <= moved


def _moved(wall: datetime, holidays: Collection[date], on_holiday: OnHoliday) -> datetime | None:
    """Return when it takes place; None where it is skipped."""
    if on_holiday is OnHoliday.KEEP or is_working_day(wall.date(), holidays):
        return wall
    if on_holiday is OnHoliday.SKIP:
        return None
    step = _DAY if on_holiday is OnHoliday.NEXT else -_DAY
    return datetime.combine(nearest_working_day(wall.date(), step, holidays), wall.time())
