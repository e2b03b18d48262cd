"""When a status is due, late and missing: ISO weeks, the project's zone, clocks that change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.statuses.periods import (
    Cadence,
    Period,
    Timeliness,
    counts_as,
    timeliness,
    working_days_after,
)
from models.rules.statuses.rag import Colour

BERLIN, LOS_ANGELES = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Los_Angeles")
WEEK_42 = Period(date(2026, 10, 12))
DUE = datetime(2026, 10, 15, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "monday", "name"),
    [
        (date(2026, 10, 14), date(2026, 10, 12), "week 42"),
        (date(2026, 10, 18), date(2026, 10, 12), "week 42"),
        (date(2027, 1, 3), date(2026, 12, 28), "week 53"),
        (date(2027, 1, 4), date(2027, 1, 4), "week 1"),
        (date(2024, 2, 29), date(2024, 2, 26), "week 9"),
    ],
)
def test_a_period_is_an_iso_week(day: date, monday: date, name: str) -> None:
    period = Period.containing(day)
    assert (period.starts_on, period.name) == (monday, name)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(Cadence))
def test_periods_follow_each_other_without_a_gap(day: date, cadence: Cadence) -> None:
    period = Period.containing(day, cadence)
    assert period.starts_on <= day <= period.ends_on
    assert period.starts_on <= period.due_on <= period.ends_on
    assert period.due_on.weekday() == 3
    assert period.next.previous == period
    assert period.next.starts_on == period.ends_on + timedelta(days=1)


@pytest.mark.parametrize(
    ("monday", "zone", "due"),
    [
        (date(2026, 10, 12), BERLIN, datetime(2026, 10, 15, 15, tzinfo=UTC)),
        (date(2026, 10, 26), BERLIN, datetime(2026, 10, 29, 16, tzinfo=UTC)),
        (date(2026, 3, 2), LOS_ANGELES, datetime(2026, 3, 6, 1, tzinfo=UTC)),
        (date(2026, 3, 9), LOS_ANGELES, datetime(2026, 3, 13, 0, tzinfo=UTC)),
        (date(2026, 10, 12), ZoneInfo("Asia/Seoul"), datetime(2026, 10, 15, 8, tzinfo=UTC)),
    ],
)
def test_it_is_due_on_thursday_at_five_by_the_projects_clock(
    monday: date, zone: ZoneInfo, due: datetime
) -> None:
    assert Period(monday).due_at(zone) == due


@pytest.mark.parametrize(
    ("after_due", "state"),
    [
        (timedelta(hours=-2), Timeliness.OPEN),
        (timedelta(), Timeliness.OPEN),
        (timedelta(seconds=1), Timeliness.OVERDUE),
        (timedelta(days=3, hours=23), Timeliness.OVERDUE),
        (timedelta(days=4), Timeliness.MISSING),
    ],
)
def test_two_working_days_later_it_is_missing(after_due: timedelta, state: Timeliness) -> None:
    assert timeliness(WEEK_42, BERLIN, submitted_at=None, now=DUE + after_due) is state


def test_a_holiday_is_no_working_day() -> None:
    friday = date(2026, 10, 16)
    assert working_days_after(date(2026, 10, 15), 2) == date(2026, 10, 19)
    assert working_days_after(date(2026, 10, 15), 2, {friday}) == date(2026, 10, 20)


def test_what_came_in_late_stays_late() -> None:
    for now in (DUE + timedelta(hours=1), DUE + timedelta(days=300)):
        came = timeliness(WEEK_42, BERLIN, submitted_at=DUE + timedelta(seconds=1), now=now)
        assert came is Timeliness.LATE
    assert timeliness(WEEK_42, BERLIN, submitted_at=DUE, now=DUE) is Timeliness.IN_TIME


def test_what_is_missing_never_counts_as_green() -> None:
    assert counts_as(Colour.GREEN, Timeliness.MISSING) is None
    assert counts_as(Colour.RED, Timeliness.MISSING) is Colour.RED
    assert counts_as(Colour.GREEN, Timeliness.OPEN) is Colour.GREEN


@pytest.mark.parametrize(
    ("day", "due_on", "name"),
    [
        (date(2026, 10, 14), date(2026, 10, 29), "October"),
        (date(2026, 12, 31), date(2026, 12, 31), "December"),
        (date(2024, 2, 1), date(2024, 2, 29), "February"),
    ],
)
def test_talent_on_demand_has_the_months_last_thursday(day: date, due_on: date, name: str) -> None:
    period = Period.containing(day, Cadence.MONTHLY)
    assert (period.due_on, period.name) == (due_on, name)
