"""How a day is written wherever people read it: "22 Oct"; a day is the same day in every zone."""

from datetime import date


def day_words(on: date, today: date | None = None, *, weekday: bool = False) -> str:
    """Return "22 Oct 2026", or "Thu 22 Oct 2026", without the year where it is today's."""
    told = f"{on.day} {on:%b}" if today is not None and on.year == today.year else f"{on.day} {on:%b %Y}"
    return f"{on:%a} {told}" if weekday else told


def near_words(on: date, *, weekday: bool = False) -> str:
    """Return "22 Oct", or "Thu 22 Oct", of a day that can't be a year away."""
    return day_words(on, on, weekday=weekday)
