"""A changed rule neither doubles nor loses a time."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.rituals.recurrence import Occurrence, Weekly, occurrences
from models.rules.rituals.replanning import Planned, Replanned, period_of, replanned

MONDAY = date(2026, 1, 12)
DAYS_OF_WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def clock(day: int, hour: int) -> datetime:
    """Return a naive local time of January 2026."""
    return datetime.combine(date(2026, 1, day), time(hour))


NOW = clock(14, 12)
"""A Wednesday."""


def names_of(days: str, hour: int, weeks: int = 1) -> list[datetime]:
    """Return what a rule says from that Monday on; "Mon Thu" are its days."""
    numbers = frozenset(DAYS_OF_WEEK.index(day) for day in days.split())
    rule = Weekly(numbers, time(hour), MONDAY)
    end = datetime.combine(MONDAY + timedelta(weeks=weeks), time())
    found = []
    for each in occurrences(rule, datetime.combine(MONDAY, time())):
        if each.name >= end:
            break
        found.append(each.name)
    return found


def change(
    before: Sequence[datetime], after: Sequence[datetime], planned: Sequence[Planned], now: datetime = NOW
) -> Replanned:
    """Change the rule at that moment."""
    times = [Occurrence(name, name) for name in after]
    return replanned(before, times, planned, is_ahead=lambda each: each.wall > now)


def said(found: Replanned) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Return who became what, who became nothing, and what is new; by day and hour."""
    pairs = [(f"{name:%a %H}", f"{time.name:%a %H}") for name, time in found.moved]
    without = [f"{name:%a %H}" for name in sorted(found.without)]
    return pairs, without, [f"{time.name:%a %H}" for time in found.new]


def test_a_time_that_is_planned_is_the_one_of_the_same_week() -> None:
    thursday = Planned(clock(15, 15))
    assert said(change(names_of("Thu", 15), names_of("Fri", 16), [thursday])) == (
        [("Thu 15", "Fri 16")],
        [],
        [],
    )


def test_what_was_held_this_week_is_not_held_again() -> None:
    held = Planned(clock(14, 9), is_over=True)
    assert said(change(names_of("Wed", 9), names_of("Wed", 15), [held])) == ([("Wed 09", "Wed 15")], [], [])
    assert said(change(names_of("Wed", 9), names_of("Fri", 9), [held])) == ([("Wed 09", "Fri 09")], [], [])


def test_of_several_days_each_is_its_own() -> None:
    held = [Planned(name, is_over=True) for name in names_of("Mon Tue Wed", 9)]
    found = change(names_of("Mon Tue Wed Thu Fri", 9), names_of("Mon Tue Wed Thu Fri", 13), held)
    assert said(found)[1:] == ([], ["Thu 13", "Fri 13"])
    found = change(names_of("Mon Tue Wed Thu Fri", 9), names_of("Tue Thu", 13), held)
    assert said(found) == ([("Tue 09", "Tue 13")], ["Mon 09", "Wed 09"], ["Thu 13"])


def test_where_the_new_time_has_passed_the_planned_one_is_taken_away() -> None:
    planned = Planned(clock(15, 15))
    assert said(change(names_of("Thu", 15), names_of("Mon", 15), [planned])) == ([], ["Thu 15"], [])


def test_what_comes_more_often_adds_to_it() -> None:
    planned = Planned(clock(15, 15))
    assert said(change(names_of("Thu", 15), names_of("Mon Thu Fri", 15), [planned])) == (
        [("Thu 15", "Thu 15")],
        [],
        ["Fri 15"],
    )


def test_a_month_is_from_its_first_to_its_last_day() -> None:
    assert period_of(date(2026, 2, 14), by_month=True) == (date(2026, 2, 1), date(2026, 2, 28))
    assert period_of(date(2026, 12, 31), by_month=True) == (date(2026, 12, 1), date(2026, 12, 31))
    assert period_of(date(2027, 1, 1), by_month=False) == (date(2026, 12, 28), date(2027, 1, 3))


DAYS = st.frozensets(st.integers(0, 6), min_size=1)


@given(
    before=DAYS,
    after=DAYS,
    hours=st.tuples(st.integers(0, 23), st.integers(0, 23)),
    now=st.integers(0, 14 * 24),
)
def test_each_time_is_there_once_and_of_one_a_week_no_week_has_two(
    before: frozenset[int], after: frozenset[int], hours: tuple[int, int], now: int
) -> None:
    old = names_of(" ".join(DAYS_OF_WEEK[each] for each in before), hours[0], weeks=3)
    new = names_of(" ".join(DAYS_OF_WEEK[each] for each in after), hours[1], weeks=3)
    at = datetime.combine(MONDAY, time()) + timedelta(hours=now)
    planned = [Planned(name, is_over=name <= at) for name in old if name <= at + timedelta(days=4)]
    found = change(old, new, planned, at)
    became = [each.name for _, each in found.moved] + [each.name for each in found.new]
    assert len(became) == len(set(became))
    assert {name for name, _ in found.moved} | found.without == {each.name for each in planned}
    over = {each.name for each in planned if each.is_over}
    assert all(each.name > at for name, each in found.moved if name not in over)
    # What is still to come of the new rule comes, but for what stands for something that was held.
    held_as = {each.name for name, each in found.moved if name in over}
    assert {name for name in new if name > at} - held_as <= set(became)
    for week in range(3):
        monday = MONDAY + timedelta(weeks=week)
        span = range(monday.toordinal(), monday.toordinal() + 7)
        took_place = [name for name in over if name.toordinal() in span]
        to_come = [name for name in set(became) - held_as if name.toordinal() in span]
        if len(before) == len(after) == 1:
            assert len(took_place) + len(to_come) <= 1
