"""What probably becomes of a ritual's times on days on which nobody works, where nobody said so yet."""

from models.rules.rituals.recurrence import MonthlyByDay, MonthlyByWeekday, OnHoliday, Weekly
from models.rules.rituals.steps import Timing
from models.rules.rituals.workdays import WORKING_WEEK


def probably_on_holiday(timing: Timing, *, keeps_its_week: bool) -> OnHoliday:
    """Return what to propose: the daily is skipped, all else moves, within its week where it stands for one.

    What somebody wants on a weekend, on one day alone, or by another ritual takes place all the same.
    """
    match timing:
        case Weekly(weekdays=days) if len(days) == WORKING_WEEK and max(days) < WORKING_WEEK:
            return OnHoliday.SKIP
        case Weekly(weekdays=days) if any(day >= WORKING_WEEK for day in days):
            return OnHoliday.KEEP
        case MonthlyByWeekday(weekday=day) if day >= WORKING_WEEK:
            return OnHoliday.KEEP
        case Weekly() | MonthlyByWeekday() | MonthlyByDay():
            return OnHoliday.PREVIOUS if keeps_its_week else OnHoliday.NEXT
    return OnHoliday.KEEP
