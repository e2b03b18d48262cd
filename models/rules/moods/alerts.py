"""When a client's mood needs somebody at once, and when that is over.

Source: our delivery practice; the limits are our defaults.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from models.rules.moods.mood import LOW, MoodDay
from models.value import Value, replace

LOWEST = 1
STEEP = 2
"""A drop of so much from the reading before is an alert."""
STEEP_WITHIN = timedelta(days=45)
"""Two readings further apart than this are not compared."""

CLEARED_FROM = 3
CLEARED_BY = 2
"""So many readings in a row of that value or above end an alert."""


class AlertCause(StrEnum):
    """Why there is an alert; where several hold, the first of them."""

    LOWEST = "lowest"
    DROP = "drop"
    LOW_TWICE = "low_twice"


class Alert(Value):
    """One alert, from the day that opened it to the day that cleared it, if there was one."""

    cause: AlertCause
    opened_on: date
    cleared_on: date | None = None


def alerts(days: Sequence[MoodDay]) -> tuple[Alert, ...]:
    """Return a project's alerts, oldest first; only the last can be open. ``days`` are oldest first.

    While one is open, another low reading belongs to it; the day that opened one does not help to end it.
    """
    found: list[Alert] = []
    good = 0
    for before, day in _with_previous(days):
        if not found or found[-1].cleared_on is not None:
            cause = _cause(before, day)
            if cause is not None:
                found.append(Alert(cause, day.day))
                good = 0
            continue
        good = good + 1 if day.lowest >= CLEARED_FROM else 0
        if good >= CLEARED_BY:
            found[-1] = replace(found[-1], cleared_on=day.day)
    return tuple(found)


def open_alert(days: Sequence[MoodDay]) -> Alert | None:
    """Return the alert that is open after the last of the days."""
    found = alerts(days)
    return found[-1] if found and found[-1].cleared_on is None else None


def _with_previous(days: Sequence[MoodDay]) -> Iterator[tuple[MoodDay | None, MoodDay]]:
    if days:
        yield None, days[0]
    yield from pairwise(days)


def _cause(before: MoodDay | None, day: MoodDay) -> AlertCause | None:
    if day.lowest <= LOWEST:
        return AlertCause.LOWEST
    if before is None:
        return None
    if before.lowest - day.lowest >= STEEP and day.day - before.day <= STEEP_WITHIN:
        return AlertCause.DROP
    if before.lowest <= LOW and day.lowest <= LOW:
        return AlertCause.LOW_TWICE
    return None
