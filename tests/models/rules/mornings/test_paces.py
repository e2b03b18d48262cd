"""When mornings come where people are, and what each pace lets through."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.rules.mornings.paces import (
    PACES,
    Pace,
    Stage,
    later_today,
    may_come,
    morning_of,
    next_morning_at,
    stage_of,
)
from models.rules.rituals.workdays import WorkingWeek

BERLIN = ZoneInfo("Europe/Berlin")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
FRIDAY = date(2026, 10, 16)
MONDAY = date(2026, 10, 19)


def at(hour: int, minute: int = 0, day: int = 16) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def test_a_morning_is_nine_on_the_wall_and_stands_until_the_next_working_day() -> None:
    friday = morning_of(FRIDAY, BERLIN)
    assert friday is not None
    assert (friday.since, friday.at, friday.until) == (at(7, day=15), at(7), at(7, day=19))
    assert morning_of(FRIDAY + timedelta(days=1), BERLIN) is None
    assert morning_of(MONDAY, BERLIN, {MONDAY}) is None
    # The clocks go back on Sunday the 25th.
    after = morning_of(date(2026, 10, 26), BERLIN)
    assert after is not None
    assert after.at == at(8, day=26)
    assert after.since == at(7, day=23)


def test_it_may_come_until_three() -> None:
    friday = morning_of(FRIDAY, BERLIN)
    assert friday is not None
    asked = [at(6, 59), at(7), at(12, 59), at(13)]
    assert [may_come(friday, now, BERLIN) for now in asked] == [False, True, True, False]


def test_the_next_morning_leaves_out_weekends_and_days_off() -> None:
    assert next_morning_at(at(6), BERLIN) == at(7)
    assert next_morning_at(at(7), BERLIN) == at(7, day=19)
    assert next_morning_at(at(7), BERLIN, {MONDAY}) == at(7, day=20)
    assert next_morning_at(at(7), LOS_ANGELES) == at(16)


def test_who_works_from_sunday_to_thursday_has_a_morning_on_sunday_and_none_on_friday() -> None:
    week, riyadh = WorkingWeek.SUNDAY_TO_THURSDAY, ZoneInfo("Asia/Riyadh")
    assert morning_of(FRIDAY, riyadh, week=week) is None
    sunday = morning_of(MONDAY - timedelta(days=1), riyadh, week=week)
    assert sunday is not None
    assert (sunday.since, sunday.at, sunday.until) == (at(6, day=15), at(6, day=18), at(6, day=19))
    assert next_morning_at(at(7, day=15), riyadh, week=week) == at(6, day=18)
    thursday, late = FRIDAY - timedelta(days=1), MONDAY - timedelta(days=20)
    assert stage_of(sunday.day, thursday, (), week=week) is Stage.SOON
    assert stage_of(late, sunday.day, (), week=week) is Stage.AGAIN, "on the first day of the week"
    assert stage_of(late, MONDAY, (), week=week) is Stage.STILL_LATE


@pytest.mark.parametrize(
    ("now", "later"),
    [
        (at(7), at(13)),
        (at(10), at(13)),
        (at(11, 30), at(14, 30)),
        (at(15), at(18)),
        (at(15, 1), None),
    ],
)
def test_later_today_is_three_o_clock_or_in_three_hours(now: datetime, later: datetime | None) -> None:
    assert later_today(now, BERLIN) == later


@pytest.mark.parametrize(
    ("due_in", "stage"),
    [
        (6, None),
        (5, Stage.AHEAD),
        (4, Stage.AHEAD),
        (3, Stage.SOON),
        (1, Stage.SOON),
        (0, Stage.TODAY),
        (-1, Stage.STILL_LATE),
        (-3, Stage.LATE),
        (-4, Stage.STILL_LATE),
    ],
)
def test_what_is_due_until_monday_is_named_on_friday(due_in: int, stage: Stage | None) -> None:
    assert stage_of(FRIDAY + timedelta(days=due_in), FRIDAY, (3,)) is stage


def test_a_day_off_counts_as_the_weekend_does() -> None:
    tuesday = MONDAY + timedelta(days=1)
    assert stage_of(tuesday, FRIDAY, (3,), {MONDAY}) is Stage.SOON
    assert stage_of(tuesday, FRIDAY, (3,)) is Stage.AHEAD


def test_a_day_on_which_it_would_be_said_again_moves_to_the_working_day_after() -> None:
    thursday = FRIDAY - timedelta(days=1)
    assert stage_of(thursday, MONDAY, (3,)) is Stage.LATE
    assert stage_of(thursday, MONDAY + timedelta(days=1), (3,)) is Stage.STILL_LATE


def test_what_is_late_for_long_comes_again_on_the_first_working_day_of_each_week() -> None:
    friday = FRIDAY - timedelta(days=7)
    assert stage_of(friday, MONDAY, (3,)) is Stage.AGAIN
    assert stage_of(friday, MONDAY + timedelta(days=1), (3,)) is Stage.STILL_LATE
    assert stage_of(friday, MONDAY + timedelta(days=1), (3,), {MONDAY}) is Stage.AGAIN
    assert stage_of(friday, MONDAY + timedelta(days=70), (3,)) is Stage.AGAIN
    assert [Stage.AGAIN in PACES[pace].stages for pace in Pace] == [False, True, True]


def test_each_pace_lets_through_more_than_the_one_before() -> None:
    light, standard, active = (PACES[pace] for pace in Pace)
    assert light.stages < standard.stages < active.stages == frozenset(Stage)
    assert {Stage.TODAY, Stage.LATE} == light.stages
    assert [policy.is_nudged for policy in PACES.values()] == [False, True, True]
