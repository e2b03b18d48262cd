"""Reads a date as people type it: ``fri``, ``tomorrow``, ``in 2 weeks``, ``12 mar``, ``2026-03-12``."""

import re
from calendar import month_abbr, month_name, monthrange
from datetime import date, datetime, time, timedelta

from dateutil import parser

_OFFSET = re.compile(r"(?:in\s+|\+)(\d{1,3})\s*(d|day|days|w|week|weeks)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_OF_MONTH = re.compile(
    r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b"
    r"|(?P<before>\d{1,2})\.?\s+(?P<named>[a-z]{3,9})\b(\s+(?P<of>\d{4})\b)?"
    r"|(?P<name>[a-z]{3,9})\s+(?P<after>\d{1,2})\b(,?\s+(?P<in>\d{4})\b)?"
)
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.?\s+[a-z]{3,9}(\s+\d{4})?|[a-z]{3,9}\s+\d{1,2}(,?\s+\d{4})?")
_WEEKDAY = re.compile(r"(?:next\s+)?(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}")
_LEAP = 2024
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}


def read_date(text: str, today: date) -> date | None:
    """Return the date meant, seen from today; None when the text is no date.

    A weekday is the next one, today included unless it says next; a day without a year is
    the next time it comes. Day and month as bare numbers are not read: 3/4 means two dates in two countries.
    """
    wanted = " ".join(text.lower().split())
    if wanted in _NEAR:
        return today + timedelta(days=_NEAR[wanted])
    if offset := _OFFSET.fullmatch(wanted):
        days = int(offset[1]) * (7 if offset[2].startswith("w") else 1)
        return today + timedelta(days=days)
    if _WEEKDAY.fullmatch(wanted):
        is_next = wanted.startswith("next ")
        return _parsed(wanted.removeprefix("next ").strip(), today + timedelta(days=is_next))
    if _ISO.fullmatch(wanted):
        return _parsed(wanted, today)
    if _DAY_AND_MONTH.fullmatch(wanted):
        return _coming(wanted, today)
    return None


def read_past_date(text: str, today: date) -> date | None:
    """Return the date meant, seen from today, where only the past can be meant; None when it is no such date.

    A weekday is the last one, today included; a day without a year is the last time it came.
    """
    wanted = " ".join(text.lower().split())
    if _WEEKDAY.fullmatch(wanted):
        found = read_date(wanted.removeprefix("next "), today - timedelta(days=6))
    elif _DAY_AND_MONTH.fullmatch(wanted):
        found = read_date(wanted, today - timedelta(days=364))
    else:
        found = read_date(wanted, today)
    return found if found is not None and found <= today else None


def strange_date(text: str) -> str | None:
    """Return the day with which the text begins, where no calendar has it: "30 February"."""
    said = _DAY_OF_MONTH.match(" ".join(text.lower().split()))
    if said is None:
        return None
    short = (said["named"] or said["name"] or "")[:3].title()
    months = list(month_abbr)
    month = int(said["number"]) if said["number"] else months.index(short) if short in months[1:] else 0
    day, year = int(said["day"] or said["before"] or said["after"]), said["year"] or said["of"] or said["in"]
    if not 1 <= month < len(months) or 1 <= day <= monthrange(int(year or _LEAP), month)[1]:
        return None
    is_29 = day == monthrange(_LEAP, month)[1]
    return f"{day} {month_name[month]}{f' {year}' if year and is_29 else ''}"


def _coming(text: str, today: date) -> date | None:
    found = _parsed(text, today)
    has_year = re.search(r"\d{4}", text) is not None
    if found is None or has_year or found >= today:
        return found
    return _parsed(f"{text} {today.year + 1}", today)


def _parsed(text: str, today: date) -> date | None:
    try:
        return parser.parse(text, default=datetime.combine(today, time())).date()
    except (ValueError, OverflowError):
        return None
