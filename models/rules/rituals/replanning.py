"""What becomes of the times that are planned already when a ritual's rule changes: none is lost or doubled.

Source: what people expect who move a meeting from Wednesday to Thursday. A time stands for its week (or its
month, where both rules count in months): under the new rule it is the time of the same week, whatever its day
and hour; what was held that week is not held again.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from models.rules.rituals.recurrence import Around, MonthlyByDay, MonthlyByWeekday, Occurrence, Rule
from models.value import Value

_DAY = timedelta(days=1)


class Planned(Value):
    """A time on record, by the name that the old rule gave it.

    ``is_over`` when that is: it was held or missed, or somebody put it off to later.
    """

    name: datetime
    is_over: bool = False


class Replanned(Value):
    """What becomes of them."""

    moved: tuple[tuple[datetime, Occurrence], ...]
    """Name so far → the time of the new rule that it is now."""
    without: frozenset[datetime]
    """Names of those for which the new rule has no time."""
    new: tuple[Occurrence, ...]
    """Times of the new rule that none of them stands for, and that are still to come."""


def counts_in_months(rule: Rule) -> bool:
    """Tell whether a rule comes round by months."""
    regular = rule.other if isinstance(rule, Around) else rule
    return isinstance(regular, MonthlyByDay | MonthlyByWeekday)


def period_of(day: date, *, by_month: bool) -> tuple[date, date]:
    """Return the first and the last day of the week or the month that has the day."""
    if not by_month:
        monday = day - day.weekday() * _DAY
        return monday, monday + 6 * _DAY
    following = (day.replace(day=28) + 4 * _DAY).replace(day=1)
    return day.replace(day=1), following - _DAY


def replanned(
    old: Collection[datetime],
    new: Sequence[Occurrence],
    planned: Collection[Planned],
    *,
    is_ahead: Callable[[Occurrence], bool],
    by_month: bool = False,
) -> Replanned:
    """Return what becomes of the planned times, and which of the new ones are still to be planned.

    ``old`` and ``new`` are what the two rules say, of whole periods.
    """
    moved: list[tuple[datetime, Occurrence]] = []
    without: set[datetime] = set()
    fresh: list[Occurrence] = []
    for ours, theirs in _by_period(old, new, planned, by_month=by_month):
        pairs = _paired(ours, theirs, is_ahead)
        taken = {pair.name for pair in pairs.values()}
        for each in ours:
            if isinstance(each, Planned):
                if each.name in pairs:
                    moved.append((each.name, pairs[each.name]))
                else:
                    without.add(each.name)
        bare = {each for each in ours if not isinstance(each, Planned)}
        taken -= {pairs[name].name for name in bare if name in pairs}
        fresh += [each for each in theirs if each.name not in taken and is_ahead(each)]
    return Replanned(tuple(moved), frozenset(without), tuple(fresh))


_Ours = Planned | datetime


def _by_period(
    old: Collection[datetime], new: Sequence[Occurrence], planned: Collection[Planned], *, by_month: bool
) -> Iterator[tuple[list[_Ours], list[Occurrence]]]:
    """Yield, period by period, what there was and what there is to be, both in order."""
    ours: defaultdict[date, list[_Ours]] = defaultdict(list)
    theirs: defaultdict[date, list[Occurrence]] = defaultdict(list)
    on_record = {each.name.date() for each in planned}
    both: list[_Ours] = [*planned, *(name for name in set(old) if name.date() not in on_record)]
    for each in both:
        ours[period_of(_name(each).date(), by_month=by_month)[0]].append(each)
    for time in new:
        theirs[period_of(time.name.date(), by_month=by_month)[0]].append(time)
    for period in sorted({*ours, *theirs}):
        yield sorted(ours[period], key=_name), sorted(theirs[period], key=lambda each: each.name)


def _paired(
    ours: Sequence[_Ours], theirs: Sequence[Occurrence], is_ahead: Callable[[Occurrence], bool]
) -> dict[datetime, Occurrence]:
    """Return which new time each old one is: of the same day where there is one, else in their order."""
    pairs: dict[datetime, Occurrence] = {}
    left = list(theirs)
    for is_same_day in (True, False):
        for each in ours:
            name = _name(each)
            if name in pairs:
                continue
            fits = (
                time
                for time in left
                if (time.name.date() == name.date() or not is_same_day)
                and (is_ahead(time) or not isinstance(each, Planned) or each.is_over)
            )
            found = next(fits, None)
            if found is not None:
                pairs[name] = found
                left.remove(found)
    return pairs


def _name(each: _Ours) -> datetime:
    return each.name if isinstance(each, Planned) else each
