"""Working days: those of a week, as a rule Monday to Friday, without the holidays that are given.

Source: "working day" as delivery plans use it; which days are holidays is the caller's to know.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

WORKING_WEEK = 5
"""The days of a week on which people work, from its first on."""


class WorkingWeek(StrEnum):
    """On which days of the week somebody works. Projects and their rituals keep to the first."""

    MONDAY_TO_FRIDAY = "monday_to_friday"
    SUNDAY_TO_THURSDAY = "sunday_to_thursday"

    @property
    def word(self) -> str:
        """Return "Monday to Friday"."""
        return " to ".join(day.capitalize() for day in self.value.split("_to_"))

    def place(self, day: date) -> int:
        """Return how many days of this week have begun before that day."""
        return (day.weekday() + (self is WorkingWeek.SUNDAY_TO_THURSDAY)) % 7


USUAL = WorkingWeek.MONDAY_TO_FRIDAY


def is_working_day(day: date, holidays: Collection[date] = (), week: WorkingWeek = USUAL) -> bool:
    """Tell whether people work on that day."""
    return week.place(day) < WORKING_WEEK and day not in holidays


def working_days_late(due_on: date, today: date, holidays: Collection[date] = ()) -> int:
    """Return how many working days have begun since the due day; 0 on it and before.

    What was due on a Friday is one working day late on Monday, and not at all on the Sunday between.
    """
    late = (today - due_on).days
    if late <= 0:
        return 0
    weeks, days = divmod(late, 7)
    rest = (due_on + timedelta(days=weeks * 7 + ahead) for ahead in range(1, days + 1))
    off = sum(1 for day in set(holidays) if due_on < day <= today and day.weekday() < WORKING_WEEK)
    return weeks * WORKING_WEEK + sum(map(is_working_day, rest)) - off


def nearest_working_day(
    day: date, step: timedelta, holidays: Collection[date] = (), week: WorkingWeek = USUAL
) -> date:
    """Return the day, or the first working day that is reached from it by going a day on or back."""
    while not is_working_day(day, holidays, week):
        day += step
    return day


def moved_by_working_days(
    day: date, number: int, holidays: Collection[date] = (), week: WorkingWeek = USUAL
) -> date:
    """Return the day so many working days later, or earlier where the number is negative."""
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day = nearest_working_day(day + step, step, holidays, week)
    return day
