"""Recurrence rules in words: "every second Wednesday at 15:00"."""

from collections.abc import Collection
from datetime import date, time

from models.rules.rituals.recurrence import LAST, MonthlyByWeekday, Once, OnHoliday, Regular, Weekly
from models.rules.rituals.workdays import WORKING_WEEK

DAYS = tuple(f"{date(2024, 1, 1 + number):%A}" for number in range(7))
"""The days of a week by number, Monday first."""

NTH_WORDS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}

HOLIDAY_WORDS = {
    OnHoliday.KEEP: "holidays make no difference",
    OnHoliday.SKIP: "not on holidays",
    OnHoliday.PREVIOUS: "on the last working day before a holiday",
    OnHoliday.NEXT: "on the first working day after a holiday",
}

DAY_OFF_WORDS = {
    OnHoliday.SKIP: "not on days off",
    OnHoliday.PREVIOUS: "on the last working day before a day off",
    OnHoliday.NEXT: "on the first working day after a day off",
}
"""The same of days off alone, where the holidays of no country are known."""

_WORKING = frozenset(range(WORKING_WEEK))
_DAILY = frozenset(range(7))
_TEENS = range(11, 14)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_COUNTS = 4
"""Up to here people count days of a week: nobody knows which Tuesday is the 26th."""
_COUNTED = {2: "second", 3: "third", 4: "fourth"}


def in_words(rule: Regular) -> str:
    """Return when a rule comes round, without its zone."""
    if isinstance(rule, Once):
        return f"once, on {rule.on:%A} {rule.on.day} {rule.on:%B %Y} at {clock(rule.on.time())}"
    at = f"at {clock(rule.at)}"
    if isinstance(rule, Weekly):
        return f"{_weekly(rule.weekdays, rule.interval)} {at}"
    months = _every(rule.interval, "month")
    if isinstance(rule, MonthlyByWeekday):
        return f"on the {NTH_WORDS[rule.nth]} {DAYS[rule.weekday]} of {months} {at}"
    return f"on the {_ordinal(rule.day)} of {months} {at}"


def around_in_words(working_days: int, at: time, other: str) -> str:
    """Return when it is that many working days from another ritual, before it where they are negative."""
    number = abs(working_days)
    if not number:
        return f"on the day of {other} at {clock(at)}"
    days = "working day" if number == 1 else "working days"
    side = "before" if working_days < 0 else "after"
    return f"{number} {days} {side} {other} at {clock(at)}"


def clock(at: time) -> str:
    """Return a time as a clock shows it: "9:30"."""
    return f"{at.hour}:{at.minute:02}"


def _weekly(weekdays: Collection[int], interval: int) -> str:
    if weekdays == _DAILY:
        return "every day" if interval == 1 else f"every day of {_every(interval, 'week')}"
    if weekdays == _WORKING:
        return "Monday to Friday" if interval == 1 else f"Monday to Friday of {_every(interval, 'week')}"
    days = [DAYS[number] for number in sorted(weekdays)]
    if len(days) == 1:
        return _every(interval, days[0]) if interval <= _COUNTS else f"every {interval} weeks, on {days[0]}"
    named = f"{', '.join(days[:-1])} and {days[-1]}"
    return f"every {named}" if interval == 1 else f"{named} of {_every(interval, 'week')}"


def _every(interval: int, what: str) -> str:
    if interval == 1:
        return f"every {what}"
    return f"every {_COUNTED.get(interval) or _ordinal(interval)} {what}"


def _ordinal(number: int) -> str:
    ending = "th" if number in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
