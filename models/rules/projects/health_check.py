"""The delivery quality inspection, or delivery health check: when a project owes one, and when that is said.

Source: the delivery handbook of a consultancy, whose window is from 120 to 365 days after the start; the
pace of the reminders is our default.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.rag import Colour
from models.value import Value

KIND = "health_checks"
"""The ritual that has projects inspected."""

OPENS_AFTER = timedelta(days=120)
CLOSES_AFTER = timedelta(days=365)
LAST_NOTICE_AFTER = timedelta(days=335)
"""After the start of the project, as are the others."""
NUDGED_EVERY = timedelta(days=30)
AMBER_WEEKS = 3
"""So many weeks in a row at amber ask for a check, as one at red does."""
_WEEK = timedelta(days=7)


class Reason(StrEnum):
    """Why a check is owed."""

    AGE = "age"
    """The project has run long enough, and was never checked."""
    RED = "red"
    AMBER = "amber"


class WeekAtColour(Value):
    """A week with a status, by its Monday, and how the project stood."""

    starts_on: date
    colour: Colour


class HealthCheck(Value):
    """A check that is owed since a day, until the last one on which it still helps."""

    since: date
    until: date
    reason: Reason


def opens_on(starts_on: date) -> date:
    """Return the first day on which a project that began then may owe a check."""
    return starts_on + OPENS_AFTER


def closes_on(starts_on: date) -> date:
    """Return the last such day."""
    return starts_on + CLOSES_AFTER


def is_eligible(starts_on: date, today: date) -> bool:
    """Tell whether the project is old enough for a check, and not too old."""
    return opens_on(starts_on) <= today <= closes_on(starts_on)


def asks_for_checks(kind: ProjectKind, *, is_switched_on: bool) -> bool:
    """Tell whether a project is inspected; where people are lent, delivery is the client's."""
    return is_switched_on and kind is ProjectKind.MANAGED


def owed(
    starts_on: date | None, today: date, checked_on: date | None, weeks: Sequence[WeekAtColour]
) -> HealthCheck | None:
    """Return the check that a project owes; None outside its window, or when the last one still holds.

    A check holds until a later week is red, or later weeks are amber three times in a row. ``weeks`` come in
    their order.
    """
    if starts_on is None or not is_eligible(starts_on, today):
        return None
    first, until = opens_on(starts_on), closes_on(starts_on)
    if checked_on is None or checked_on < first:
        return HealthCheck(first, until, Reason.AGE)
    later = [week for week in weeks if checked_on < week.starts_on <= today]
    found = next(_alarms(later), None)
    return HealthCheck(found[0], until, found[1]) if found else None


def notice_days(starts_on: date, check: HealthCheck) -> tuple[date, ...]:
    """Return the days on which it is said that the check is owed: at once, every 30 days, and a last time."""
    last = starts_on + LAST_NOTICE_AFTER
    days = {check.since, last}
    day = check.since + NUDGED_EVERY
    while day < last:
        days.add(day)
        day += NUDGED_EVERY
    return tuple(sorted(each for each in days if each >= check.since))


def _alarms(weeks: Sequence[WeekAtColour]) -> Iterator[tuple[date, Reason]]:
    """Yield the weeks that ask for a check, and why."""
    in_a_row = 0
    before: WeekAtColour | None = None
    for week in weeks:
        if week.colour is Colour.RED:
            yield week.starts_on, Reason.RED
        follows = before is not None and week.starts_on - before.starts_on == _WEEK
        in_a_row = (in_a_row if follows else 0) + 1 if week.colour is Colour.AMBER else 0
        if in_a_row == AMBER_WEEKS:
            yield week.starts_on, Reason.AMBER
        before = week
