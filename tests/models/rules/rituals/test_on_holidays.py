"""What is proposed for a ritual's times on holidays."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest

from models.rules.rituals.on_holidays import probably_on_holiday
from models.rules.rituals.recurrence import MonthlyByDay, MonthlyByWeekday, Once, OnHoliday, Weekly
from models.rules.rituals.steps import AroundRitual, Timing

AT, DAY = time(9), date(2026, 1, 14)


@pytest.mark.parametrize(
    ("timing", "proposed"),
    [
        (Weekly(frozenset(range(5)), AT, DAY), OnHoliday.SKIP),
        (Weekly(frozenset({2}), AT, DAY, 2), OnHoliday.NEXT),
        (Weekly(frozenset({0, 3}), AT, DAY), OnHoliday.NEXT),
        (Weekly(frozenset({6, 0, 1, 2, 3}), AT, DAY), OnHoliday.KEEP),
        (Weekly(frozenset(), AT, DAY), OnHoliday.NEXT),
        (MonthlyByWeekday(1, 4, AT, DAY), OnHoliday.NEXT),
        (MonthlyByWeekday(1, 5, AT, DAY), OnHoliday.KEEP),
        (MonthlyByDay(15, AT, DAY), OnHoliday.NEXT),
        (Once(datetime.combine(DAY, AT)), OnHoliday.KEEP),
        (AroundRitual(uuid4(), -1, AT), OnHoliday.KEEP),
    ],
)
def test_the_daily_is_skipped_all_else_moves_and_a_wanted_weekend_stays(
    timing: Timing, proposed: OnHoliday
) -> None:
    assert probably_on_holiday(timing, keeps_its_week=False) is proposed
    in_its_week = OnHoliday.PREVIOUS if proposed is OnHoliday.NEXT else proposed
    assert probably_on_holiday(timing, keeps_its_week=True) is in_its_week
