"""Reads days in lines about what is planned: at the end of what is added, at the start of what is moved."""

import re
from datetime import date, timedelta

from handlers.typed.dates import no_such_day, read_date, read_past_date
from handlers.typed.line_ends import far_ahead
from models.value import Value

_TAIL = re.compile(r"(?:^|\s)(?:due|by|on|until):?\s+(?P<when>\S+(?:\s+\S+){0,3})$", re.IGNORECASE)
_BY = re.compile(r"^by\s+(?P<count>\d{1,3})\s+(?P<unit>day|week)s?\b\s*", re.IGNORECASE)
_LEAD = re.compile(r"^(?:to|until|on)\s+", re.IGNORECASE)
_LINK = re.compile(r"^(?:because|since|as|[:,;–—-])\s*", re.IGNORECASE)
_DATE_WORDS = 4


class DayAndRest(Value):
    """The day that a line says, None where it says none, and the words beside it."""

    day: date | None
    rest: str
    question: str = ""
    """What to say of a day that no calendar has, and to ask of one that may not be the one that was meant."""


def day_at_end(text: str, today: date) -> DayAndRest:
    """Take "due 23 oct" off the end of a line; what does not read as a day stays where it is."""
    found = _TAIL.search(text)
    if found is None:
        return DayAndRest(None, text)
    day = read_date(found["when"], today)
    if day is None:
        return DayAndRest(None, text, no_such_day(found["when"], today))
    question = far_ahead(day, found["when"], today, before="due ")
    return DayAndRest(day, text[: found.start()].rstrip(), question)


def day_at_start(text: str, today: date, expected: date) -> DayAndRest:
    """Take "30 oct", "to next fri" or "by 2 weeks" off the start; what follows is why, without "because"."""
    by = _BY.match(text)
    if by is not None:
        days = int(by["count"]) * (7 if by["unit"].lower() == "week" else 1)
        return DayAndRest(expected + timedelta(days=days), _why(text[by.end() :]))
    words = _LEAD.sub("", text).split()
    for length in range(min(_DATE_WORDS, len(words)), 0, -1):
        when = " ".join(words[:length]).rstrip(",;:")
        day = read_date(when, today)
        if day is not None:
            return DayAndRest(day, _why(" ".join(words[length:])), far_ahead(day, when, today))
    return DayAndRest(None, text, no_such_day(" ".join(words), today))


def past_day_at_end(text: str, today: date) -> DayAndRest:
    """Take "yesterday" or "on 3 oct" off the end of a line that tells of something past."""
    words = text.split()
    question = ""
    for length in range(min(_DATE_WORDS, len(words)), 0, -1):
        said = " ".join(words[-length:])
        day = read_past_date(said, today)
        if day is not None:
            before = words[:-length]
            return DayAndRest(day, " ".join(before[:-1] if before[-1:] in (["on"], ["since"]) else before))
        question = question or no_such_day(said, today, is_past=True)
    return DayAndRest(None, text.strip(), question)


def _why(text: str) -> str:
    return _LINK.sub("", text.strip()).strip()
