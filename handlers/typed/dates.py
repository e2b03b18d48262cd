"""Reads a date as people type it: ``fri``, ``tomorrow``, ``in 2 weeks``, ``12 mar``, ``2026-03-12``."""

import re
from calendar import isleap, month_name, monthrange
from datetime import date, datetime, time, timedelta

from dateutil import parser

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)} | {"a": 1}
_OFFSET = re.compile(rf"(?:in\s+|\+)(\d{{1,3}}|\b(?:{'|'.join(_NUMBERS)})\b)\s*(d|day|days|w|week|weeks)")
_FRIDAY = 4
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_OF_MONTH = re.compile(
    r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b"
    r"|(?P<before>\d{1,2})\.?\s+(?P<named>[a-z]{3,9})\b(\s+(?P<of>\d{4})\b)?"
    r"|(?P<name>[a-z]{3,9})\s+(?P<after>\d{1,2})\b(,?\s+(?P<in>\d{4})\b)?"
)
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.?\s+[a-z]{3,9}(\s+\d{4})?|[a-z]{3,9}\s+\d{1,2}(,?\s+\d{4})?")
_WEEKDAY = re.compile(r"(?:next\s+)?(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}")
_BETWEEN_DAYS = re.compile(r"\d{1,2}\b\.?|\b(?:until|till|to|by|on|since|from|and)\b|[,;&–—-]")
_BEFORE_DUE = re.compile(r"^(?:by|on|until)\s+|\b(?:the|this)\s+(?=day|week|month|end)")
_LEAP = 2024
_SOME_DAY = date(_LEAP, 1, 1)
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
        days = int(_NUMBERS.get(offset[1], offset[1])) * (7 if offset[2].startswith("w") else 1)
        return today + timedelta(days=days)
    if _WEEKDAY.fullmatch(wanted):
        is_next = wanted.startswith("next ")
        return _parsed(wanted.removeprefix("next ").strip(), today + timedelta(days=is_next))
    if _ISO.fullmatch(wanted):
        return _parsed(wanted, today)
    if _DAY_AND_MONTH.fullmatch(wanted):
        return _coming(wanted, today)
    return None


def read_due(text: str, today: date) -> date | None:
    """Return the day by which something is due: a date, or the end of a day, a week or a month.

    ``eod`` is today; ``end of week`` is its Friday, from a weekend on the next one; ``next week`` is the
    Friday of the week that begins next Monday.
    """
    wanted = _BEFORE_DUE.sub("", " ".join(text.lower().split()))
    friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7)
    if wanted in {"eod", "end of day", "end of today"}:
        return today
    if wanted in {"eow", "end of week", "week"}:
        return friday
    if wanted in {"next week", "end of next week"}:
        return today + timedelta(days=7 - today.weekday() + _FRIDAY)
    if wanted in {"eom", "end of month", "month"}:
        return today.replace(day=monthrange(today.year, today.month)[1])
    return read_date(wanted, today)


def is_day(text: str) -> bool:
    """Tell whether the text is a day, be it one that no calendar has."""
    return read_date(text, _SOME_DAY) is not None or bool(no_such_day(text, _SOME_DAY))


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


def no_such_day(text: str, today: date, *, is_past: bool = False) -> str:
    """Return "There is no 30 February." of a text that names a day that no calendar has; else "".

    It stands first, or among other days or behind a word such as "until". A day without a year is meant as
    ``read_date`` means it, or with ``is_past`` as ``read_past_date`` does.
    """
    rest = " ".join(text.lower().split())
    while rest:
        said = _DAY_OF_MONTH.match(rest)
        if said is not None and (strange := _strange(said, today, is_past=is_past)):
            return f"There is no {strange}."
        passed = said if said is not None and _month(said) else _BETWEEN_DAYS.match(rest)
        if passed is None:
            return ""
        rest = rest[passed.end() :].lstrip()
    return ""


def _strange(said: re.Match[str], today: date, *, is_past: bool) -> str:
    """Return the day if no calendar has it, with its year where another year has it: "29 February 2027"."""
    day, month = int(said["day"] or said["before"] or said["after"]), _month(said)
    if not month or 1 <= day <= min(monthrange(year, month)[1] for year in (_LEAP, _LEAP + 1)):
        return ""
    if day != monthrange(_LEAP, month)[1]:
        return f"{day} {month_name[month]}"
    typed = said["year"] or said["of"] or said["in"]
    on, present = (month, day), (today.month, today.day)
    meant = today.year - (on > present) if is_past else today.year + (on < present)
    year = int(typed) if typed else meant
    return "" if isleap(year) else f"{day} {month_name[month]} {year}"


def _month(said: re.Match[str]) -> int:
    """Return the number of the month; 0 where the word or the number is none."""
    if said["number"]:
        return int(said["number"]) if int(said["number"]) < len(month_name) else 0
    word = said["named"] or said["name"]
    return next((at for at, name in enumerate(month_name) if name.lower().startswith(word)), 0)


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
