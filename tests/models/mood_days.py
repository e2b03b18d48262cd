"""A client's days, put together from readings as the database puts them together."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from models.rules.moods.mood import MoodDay


def by_day(readings: Iterable[tuple[date, int]]) -> tuple[MoodDay, ...]:
    """Return each day on which there are readings, oldest first; a day's readings come in their order."""
    values: dict[date, list[int]] = {}
    for day, value in readings:
        values.setdefault(day, []).append(value)
    return tuple(
        MoodDay(day, Fraction(sum(said), len(said)), min(said), said[-1])
        for day, said in sorted(values.items())
    )
