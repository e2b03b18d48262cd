"""When rituals come round: golden dates, the calendar's traps, and a second reckoning in twenty zones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.rituals.recurrence import (
    LAST,
    Around,
    MonthlyByDay,
    MonthlyByWeekday,
    Occurrence,
    Once,
    OnHoliday,
    Regular,
    Rule,
    Weekly,
    instant,
    occurrences,
    upcoming,
)
from models.rules.rituals.workdays import moved_by_working_days

LOS_ANGELES, LONDON = ZoneInfo("America/Los_Angeles"), ZoneInfo("Europe/London")
THREE = time(15)
WEDNESDAY = frozenset({2})
DELIVERY = Weekly(WEDNESDAY, THREE, date(2026, 1, 14), interval=2)
ZONES = (
    "America/Los_Angeles",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/St_Johns",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Apia",
    "Pacific/Chatham",
)


def wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a time as it stands on a wall, which knows of no zone."""
    return datetime.combine(date(year, month, day), time(hour, minute))


def names(rule: Rule, since: datetime, until: datetime) -> list[datetime]:
    """Return the names of a rule's occurrences in a span."""
    found = takewhile(lambda each: each.name < until, occurrences(rule, since))
    return [each.name for each in found]


def days(rule: Rule, since: date, count: int, **options: object) -> list[str]:
    """Return the days on which the next occurrences take place."""
    found = occurrences(rule, datetime.combine(since, time()), **options)  # type: ignore[arg-type]
    return [f"{each.wall:%a %d %b %Y}" for each in islice(found, count)]


@pytest.mark.parametrize(
    ("anchor", "day", "utc", "london"),
    [
        (date(2026, 1, 14), date(2026, 1, 14), 23, 23),
        (date(2026, 1, 14), date(2026, 3, 11), 22, 22),
        (date(2026, 1, 14), date(2026, 3, 25), 22, 22),
        (date(2026, 1, 14), date(2026, 7, 15), 22, 23),
        (date(2026, 1, 14), date(2026, 10, 21), 22, 23),
        (date(2026, 1, 14), date(2026, 11, 4), 23, 23),
        (date(2026, 1, 7), date(2026, 10, 28), 22, 22),
    ],
)
def test_the_wednesday_meeting_is_at_three_in_los_angeles_all_year(
    anchor: date, day: date, utc: int, london: int
) -> None:
    rule = Weekly(WEDNESDAY, THREE, anchor, interval=2)
    (only,) = names(rule, datetime.combine(day, time()), datetime.combine(day, time.max))
    at = instant(only, LOS_ANGELES)
    assert (at.date(), at.hour, at.astimezone(LONDON).hour) == (day, utc, london)


def test_two_weeks_are_local_days_and_not_hours() -> None:
    first = instant(datetime.combine(date(2026, 1, 14), THREE), LOS_ANGELES)
    in_summer = names(DELIVERY, wall(2026, 7, 15), wall(2026, 7, 16))[0]
    drifted = first + timedelta(weeks=26)
    assert instant(in_summer, LOS_ANGELES) == drifted - timedelta(hours=1)


def test_every_second_week_does_not_stumble_over_new_year() -> None:
    around = names(DELIVERY, wall(2026, 12, 10), wall(2027, 1, 20))
    assert [each.date() for each in around] == [date(2026, 12, 16), date(2026, 12, 30), date(2027, 1, 13)]


def test_nothing_comes_before_its_anchor() -> None:
    late_in_the_week = Weekly(frozenset({0, 4}), THREE, date(2026, 1, 14))
    assert days(late_in_the_week, date(2025, 1, 1), 3) == [
        "Fri 16 Jan 2026",
        "Mon 19 Jan 2026",
        "Fri 23 Jan 2026",
    ]


def test_a_month_has_its_days_and_its_weekdays() -> None:
    anchor = date(2027, 11, 30)
    assert days(MonthlyByDay(31, THREE, anchor), anchor, 4) == [
        "Tue 30 Nov 2027",
        "Fri 31 Dec 2027",
        "Mon 31 Jan 2028",
        "Tue 29 Feb 2028",
    ]
    assert days(MonthlyByDay(29, THREE, date(2026, 1, 1), interval=3), date(2026, 2, 1), 2) == [
        "Wed 29 Apr 2026",
        "Wed 29 Jul 2026",
    ]
    assert days(MonthlyByWeekday(LAST, 4, THREE, anchor), anchor, 2) == ["Fri 31 Dec 2027", "Fri 28 Jan 2028"]
    assert days(MonthlyByWeekday(1, 1, THREE, date(2026, 1, 1), interval=2), date(2026, 2, 1), 2) == [
        "Tue 03 Mar 2026",
        "Tue 05 May 2026",
    ]


def test_once_is_once() -> None:
    rule = Once(wall(2026, 5, 1, 9))
    assert [each.name for each in occurrences(rule, wall(2026, 5, 1, 9))] == [rule.on]
    assert not list(occurrences(rule, wall(2026, 5, 1, 10)))


CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})


@pytest.mark.parametrize(
    ("on_holiday", "taking_place"),
    [
        (OnHoliday.KEEP, ["Fri 18 Dec 2026", "Fri 25 Dec 2026", "Fri 01 Jan 2027"]),
        (OnHoliday.SKIP, ["Fri 18 Dec 2026", "Fri 01 Jan 2027", "Fri 08 Jan 2027"]),
        (OnHoliday.PREVIOUS, ["Fri 18 Dec 2026", "Thu 24 Dec 2026", "Fri 01 Jan 2027"]),
        (OnHoliday.NEXT, ["Fri 18 Dec 2026", "Tue 29 Dec 2026", "Fri 01 Jan 2027"]),
    ],
)
def test_a_holiday_skips_or_moves_it_and_its_name_stays(
    on_holiday: OnHoliday, taking_place: list[str]
) -> None:
    rule = Weekly(frozenset({4}), THREE, date(2026, 12, 1))
    since = date(2026, 12, 14)
    assert days(rule, since, 3, holidays=CHRISTMAS, on_holiday=on_holiday) == taking_place
    moved = occurrences(rule, wall(2026, 12, 24), holidays=CHRISTMAS, on_holiday=OnHoliday.NEXT)
    assert next(moved) == Occurrence(wall(2026, 12, 25, 15), wall(2026, 12, 29, 15))


@pytest.mark.parametrize(
    ("on_holiday", "taking_place"),
    [
        (OnHoliday.PREVIOUS, ["Mon 21 Dec 2026", "Wed 23 Dec 2026", "Mon 28 Dec 2026"]),
        (OnHoliday.NEXT, ["Mon 21 Dec 2026", "Wed 23 Dec 2026", "Mon 28 Dec 2026"]),
    ],
)
def test_two_that_are_moved_to_one_time_take_place_once(
    on_holiday: OnHoliday, taking_place: list[str]
) -> None:
    rule = Weekly(frozenset({0, 2, 3, 4}), THREE, date(2026, 12, 1))
    off = frozenset({date(2026, 12, 24), date(2026, 12, 25)})
    assert days(rule, date(2026, 12, 21), 3, holidays=off, on_holiday=on_holiday) == taking_place
    # What takes place does not hang on where one begins to count.
    for since in (date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26)):
        assert days(rule, since, 1, holidays=off, on_holiday=on_holiday) == ["Mon 28 Dec 2026"]
    both = Around(Weekly(frozenset({4, 5, 6}), THREE, date(2026, 12, 1)), 1, THREE)
    assert days(both, date(2026, 12, 4), 2) == ["Mon 07 Dec 2026", "Mon 14 Dec 2026"]


def test_working_days_around_another_ritual_follow_where_it_takes_place() -> None:
    before = Around(DELIVERY, -3, time(9))
    assert days(before, date(2026, 1, 14), 2) == ["Fri 09 Jan 2026", "Fri 23 Jan 2026"]
    holidays = frozenset({date(2026, 12, 28), date(2026, 12, 30)})
    moving = Around(DELIVERY, 1, time(9), other_on_holiday=OnHoliday.NEXT)
    found = next(occurrences(moving, wall(2026, 12, 30), holidays=holidays))
    assert found == Occurrence(wall(2026, 12, 30, 15), wall(2027, 1, 1, 9))
    assert moved_by_working_days(date(2026, 12, 31), -2, holidays) == date(2026, 12, 25)


def test_what_comes_next_is_asked_with_a_clock_and_moved_ones_are_among_it() -> None:
    now = datetime(2026, 12, 29, 12, tzinfo=UTC)
    rule = Weekly(frozenset({4}), THREE, date(2026, 12, 1))
    found = upcoming(rule, LONDON, now, 2, holidays=CHRISTMAS, on_holiday=OnHoliday.NEXT)
    assert [at for _, at in found] == [
        datetime(2026, 12, 29, 15, tzinfo=UTC),
        datetime(2027, 1, 1, 15, tzinfo=UTC),
    ]
    assert upcoming(Once(wall(2026, 1, 1)), LONDON, now, 5) == ()
    assert len(upcoming(Around(DELIVERY, -3, time(9)), LOS_ANGELES, now, 5)) == 5
    long_after = Around(Once(wall(2026, 10, 1, 9)), 70, time(9))
    assert [at for _, at in upcoming(long_after, LONDON, now, 5)] == [datetime(2027, 1, 7, 9, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("America/Los_Angeles", wall(2026, 3, 8, 2, 30), wall(2026, 3, 8, 10, 30)),
        ("America/Los_Angeles", wall(2026, 11, 1, 1, 30), wall(2026, 11, 1, 8, 30)),
        ("Australia/Lord_Howe", wall(2026, 10, 4, 2, 10), wall(2026, 10, 3, 15, 40)),
        ("Pacific/Apia", wall(2011, 12, 30, 15), wall(2011, 12, 31, 1)),
    ],
)
def test_a_skipped_time_is_later_and_of_a_doubled_one_it_is_the_first(
    zone: str, local: datetime, utc: datetime
) -> None:
    assert instant(local, ZoneInfo(zone)) == utc.replace(tzinfo=UTC)


def test_samoas_missing_day_loses_and_doubles_no_name() -> None:
    rule = Weekly(frozenset(range(7)), THREE, date(2011, 12, 28))
    found = names(rule, wall(2011, 12, 28), wall(2012, 1, 2))
    assert len(found) == len(set(found)) == 5


def test_when_a_zones_rules_change_the_names_stay_and_only_the_instants_move() -> None:
    before, after = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
    now = datetime(2026, 6, 1, tzinfo=UTC)
    old, new = upcoming(DELIVERY, before, now, 5), upcoming(DELIVERY, after, now, 5)
    assert [each for each, _ in old] == [each for each, _ in new]
    assert all(was - at == timedelta(hours=1) for (_, was), (_, at) in zip(old, new, strict=True))


@pytest.mark.parametrize(
    "rule",
    [
        Weekly(WEDNESDAY, THREE, date(2026, 1, 1), interval=0),
        Weekly(frozenset(), THREE, date(2026, 1, 1)),
        Weekly(frozenset({7}), THREE, date(2026, 1, 1)),
        MonthlyByDay(0, THREE, date(2026, 1, 1)),
        MonthlyByDay(32, THREE, date(2026, 1, 1)),
        MonthlyByWeekday(5, 0, THREE, date(2026, 1, 1)),
        MonthlyByWeekday(1, 7, THREE, date(2026, 1, 1)),
        MonthlyByWeekday(1, 0, THREE, date(2026, 1, 1), interval=-1),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: Rule) -> None:
    with pytest.raises(ValueError, match=r"comes never|is no"):
        next(occurrences(rule, wall(2026, 1, 1)))


def reckoned(rule: Regular, since: datetime, until: datetime) -> Iterator[datetime]:
    """Yield a rule's times by looking at each day by itself."""
    day = since.date()
    while day <= until.date():
        if not isinstance(rule, Once) and day >= rule.anchor and falls_on(rule, day):
            at = datetime.combine(day, rule.at)
            if since <= at < until:
                yield at
        day += timedelta(days=1)


def falls_on(rule: Weekly | MonthlyByDay | MonthlyByWeekday, day: date) -> bool:
    """Tell whether a day is one of the rule's."""
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    months = (day.year - rule.anchor.year) * 12 + day.month - rule.anchor.month
    match rule:
        case Weekly():
            weeks = (day.toordinal() - 1) // 7 - (rule.anchor.toordinal() - 1) // 7
            return day.weekday() in rule.weekdays and weeks % rule.interval == 0
        case MonthlyByDay():
            return months % rule.interval == 0 and day.day == min(rule.day, last.day)
        case MonthlyByWeekday():
            nth = (last.day - day.day) // 7 == 0 if rule.nth == LAST else (day.day - 1) // 7 + 1 == rule.nth
            return months % rule.interval == 0 and day.weekday() == rule.weekday and nth


TIMES, ANCHORS = (
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.dates(date(2000, 1, 1), date(2030, 12, 31)),
)
INTERVALS = st.integers(1, 7)
RULES: st.SearchStrategy[Regular] = st.one_of(
    st.builds(Weekly, st.frozensets(st.integers(0, 6), min_size=1), TIMES, ANCHORS, INTERVALS),
    st.builds(MonthlyByDay, st.integers(1, 31), TIMES, ANCHORS, INTERVALS),
    st.builds(
        MonthlyByWeekday, st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6), TIMES, ANCHORS, INTERVALS
    ),
)


@given(RULES, st.datetimes(wall(1999, 1, 1), wall(2035, 1, 1)))
def test_a_rule_says_what_looking_at_each_day_says(rule: Regular, since: datetime) -> None:
    until = since + timedelta(days=500)
    assert names(rule, since, until) == list(reckoned(rule, since, until))


def searched(local: datetime, zone: tzinfo) -> datetime:
    """Return the instant by trying the offsets around: the first that shows this time, else the old one."""
    about = local.replace(tzinfo=UTC)
    offsets = [(about + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in (-30, 30)]
    tried = [about - offset for offset in offsets if offset is not None]
    right = [at for at in tried if at.astimezone(zone).replace(tzinfo=None) == local]
    return min(right, default=tried[0])


@pytest.mark.parametrize("zone", ZONES)
def test_a_decade_of_occurrences_is_at_the_instants_that_a_search_finds(zone: str) -> None:
    rules = (
        Weekly(frozenset(range(7)), time(2, 15), date(2010, 1, 1)),
        Weekly(frozenset({0, 6}), time(0, 30), date(2010, 1, 1), interval=2),
        MonthlyByWeekday(LAST, 6, time(1, 45), date(2010, 1, 1)),
    )
    place = ZoneInfo(zone)
    for rule in rules:
        found = names(rule, wall(2010, 1, 1), wall(2020, 1, 1))
        assert len(found) == len(set(found))
        assert [instant(each, place) for each in found] == [searched(each, place) for each in found]
