"""How a client is, from 1 to 5: its words, one value for each day, the average and the trend.

Source: our delivery practice; the windows and limits are our defaults.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from models.value import Value

VALUES = range(1, 6)
"""A mood is a whole number from 1 to 5."""

MOOD_WORDS = {1: "Angry", 2: "Unhappy", 3: "Neutral", 4: "Happy", 5: "Delighted"}
MOOD_MARKS = {1: "😡", 2: "🙁", 3: "😐", 4: "🙂", 5: "😀"}
"""Never shown without the word."""

LOW = 2
"""A mood of this value or below is low, and wants a sentence that says why."""
TELLING_CHANGE = 2
"""So much up or down from the reading before wants a sentence, too."""

AVERAGED = 3
"""How many days one average takes in."""
AVERAGED_WITHIN = timedelta(days=90)
"""Older readings say nothing about how the client is now."""
TURN = Fraction(1, 2)
"""How far the average must move to be a trend."""

UNKNOWN_AFTER = timedelta(days=21)
"""Without a reading for so long, nobody knows how the client is; that is never good."""


class MoodTrend(StrEnum):
    """Where the average is going."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"
    NOT_KNOWN = "not_known"
    """Fewer than four readings in the time that counts."""

    @property
    def word(self) -> str:
        """Return the word that always stands with the arrow."""
        return "no trend yet" if self is MoodTrend.NOT_KNOWN else self.value

    @property
    def arrow(self) -> str:
        """Return the arrow that stands beside the word."""
        return {"rising": "↑", "steady": "→", "falling": "↓", "not_known": "–"}[self.value]


class MoodDay(Value):
    """What a project's readings of one day come to.

    Their mean is for charts, the lowest for alerts, and the latest says how the client is now.
    """

    day: date
    mean: Fraction
    lowest: int
    latest: int


def figure(value: Fraction) -> str:
    """Return a mean as people read it: "4", "3.3"."""
    return f"{float(value):.1f}".removesuffix(".0")


def average(days: Sequence[MoodDay], today: date) -> Fraction | None:
    """Return the mean of the last three days, or of as many as there are, within the time that counts."""
    recent = _recent(days, today)[-AVERAGED:]
    return _mean(recent) if recent else None


def trend(days: Sequence[MoodDay], today: date) -> MoodTrend:
    """Compare the average with the one before the last reading."""
    recent = _recent(days, today)
    if len(recent) <= AVERAGED:
        return MoodTrend.NOT_KNOWN
    moved = _mean(recent[-AVERAGED:]) - _mean(recent[-AVERAGED - 1 : -1])
    if moved >= TURN:
        return MoodTrend.RISING
    return MoodTrend.FALLING if moved <= -TURN else MoodTrend.STEADY


def is_unknown(days: Sequence[MoodDay], today: date) -> bool:
    """Tell whether the last reading is too old to say how the client is, or there is none."""
    return not days or today - days[-1].day >= UNKNOWN_AFTER


def was_low_lately(days: Sequence[MoodDay], today: date) -> bool:
    """Tell whether the mood was low on any of the last 21 days."""
    return any(day.lowest <= LOW and today - day.day <= UNKNOWN_AFTER for day in days)


def wants_insight(value: int, before: int | None) -> bool:
    """Tell whether a reading needs a sentence that says why; ``before`` is the reading before it."""
    return value <= LOW or (before is not None and abs(value - before) >= TELLING_CHANGE)


def _recent(days: Sequence[MoodDay], today: date) -> list[MoodDay]:
    return [day for day in days if today - day.day <= AVERAGED_WITHIN]


def _mean(days: Sequence[MoodDay]) -> Fraction:
    return sum((day.mean for day in days), Fraction()) / len(days)
