"""Milestones' days: slips, working days overdue, and the share of a plan that a slip is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.plans.milestones import MilestoneState, overdue, slip, slip_share, state_of
from models.rules.rituals.workdays import is_working_day, working_days_late

FRIDAY = date(2026, 10, 9)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("due_on", "today", "late"),
    [
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, date(2026, 10, 8), 0),
        (FRIDAY, date(2026, 10, 10), 0),
        (FRIDAY, date(2026, 10, 11), 0),
        (FRIDAY, date(2026, 10, 12), 1),
        (FRIDAY, date(2026, 10, 16), 5),
        (FRIDAY, date(2026, 10, 18), 5),
        (FRIDAY, date(2026, 10, 19), 6),
        (date(2026, 10, 10), date(2026, 10, 12), 1),
        (date(2026, 10, 12), date(2026, 10, 13), 1),
    ],
)
def test_weekends_do_not_count(due_on: date, today: date, late: int) -> None:
    assert working_days_late(due_on, today) == late


def test_holidays_do_not_count_once() -> None:
    holidays = [date(2026, 10, 12), date(2026, 10, 12), date(2026, 10, 17), date(2026, 10, 30)]
    assert working_days_late(FRIDAY, date(2026, 10, 19), holidays) == 5
    assert not is_working_day(date(2026, 10, 12), holidays)


@given(DAYS, DAYS, st.sets(DAYS, max_size=5))
def test_working_days_are_those_that_counting_finds(due_on: date, today: date, holidays: set[date]) -> None:
    days = (due_on + timedelta(days=ahead) for ahead in range(1, (today - due_on).days + 1))
    counted = sum(1 for day in days if is_working_day(day, holidays))
    assert working_days_late(due_on, today, holidays) == counted


def test_a_slip_is_told_by_the_forecast_until_it_is_done() -> None:
    assert slip(date(2026, 10, 23), date(2026, 10, 30)) == 7
    assert slip(date(2026, 10, 23), date(2026, 10, 30), date(2026, 10, 21)) == -2
    assert slip(date(2026, 10, 23), date(2026, 10, 23)) == 0


def test_what_is_done_is_never_overdue() -> None:
    assert overdue(FRIDAY, None, date(2026, 10, 19)) == 6
    assert overdue(FRIDAY, date(2026, 10, 18), date(2026, 10, 19)) == 0


def test_the_days_tell_the_state() -> None:
    assert state_of(None, None) is MilestoneState.OPEN
    assert state_of(FRIDAY, None) is MilestoneState.DONE
    assert state_of(FRIDAY, FRIDAY) is MilestoneState.ACCEPTED


@pytest.mark.parametrize(
    ("days", "starts_on", "share"),
    [
        (5, date(2026, 7, 1), 0.05),
        (11, date(2026, 7, 1), 0.11),
        (0, date(2026, 7, 1), 0.0),
        (-4, date(2026, 7, 1), 0.0),
        (5, FRIDAY, None),
        (5, date(2026, 12, 1), None),
    ],
)
def test_a_slip_is_a_share_of_the_time_that_was_agreed(
    days: int, starts_on: date, share: float | None
) -> None:
    assert slip_share(days, starts_on, FRIDAY) == share
