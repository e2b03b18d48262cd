"""Slack's date tokens, shown as the person who reads them would see them."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_PRETTY = "_pretty"
_RELATIVE = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_TEENS = range(11, 14)
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


def ordinal(day: int) -> str:
    """Return a day of the month as English writes it, such as "22nd"."""
    suffix = "th" if day in _TEENS else _SUFFIXES.get(day % 10, "th")
    return f"{day}{suffix}"


def clock_time(at: datetime) -> str:
    """Return the time of day; everybody in this workspace prefers the twenty-four-hour clock."""
    return f"{at:%H:%M}"


def short_date(at: datetime) -> str:
    """Return a date such as "Oct 22, 2026"."""
    return f"{at:%b} {at.day}, {at.year}"


_FORMATS: dict[str, Callable[[datetime], str]] = {
    "date_num": lambda at: f"{at:%Y-%m-%d}",
    "date_slash": lambda at: f"{at:%m/%d/%Y}",
    "date": lambda at: f"{at:%B} {ordinal(at.day)}, {at.year}",
    "date_short": short_date,
    "date_long": lambda at: f"{at:%A}, {at:%B} {ordinal(at.day)}, {at.year}",
    "time": clock_time,
    "time_secs": lambda at: f"{at:%H:%M:%S}",
}


def slack_date(at: datetime, template: str, now: datetime) -> str:
    """Fill a date token's template; both instants are in the reader's zone, an unknown placeholder stays."""

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        if name == "ago":
            return _ago(now - at)
        if name.endswith(_PRETTY):
            relative = _RELATIVE.get((at.date() - now.date()).days)
            if relative:
                return relative
        shown = _FORMATS.get(name.removesuffix(_PRETTY))
        return shown(at) if shown else found[0]

    return _PLACEHOLDER.sub(filled, template)


def divider(day: date, today: date) -> str:
    """Return the words on the line between the messages of two days."""
    relative = _RELATIVE.get((day - today).days)
    if relative:
        return relative.capitalize()
    year = "" if day.year == today.year else f", {day.year}"
    return f"{day:%A}, {day:%B} {ordinal(day.day)}{year}"


def _ago(past: timedelta) -> str:
    seconds = abs(past.total_seconds())
    for name, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(seconds // length)
        if count:
            words = f"{count} {name}{'s' if count > 1 else ''}"
            return f"in {words}" if past < timedelta() else f"{words} ago"
    return "just now"
