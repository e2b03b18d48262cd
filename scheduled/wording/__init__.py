"""How records read in messages: what templates are given, one file a feature, and what all of them share."""

from datetime import date

from models.rules.days import day_words

REASON_LENGTH = 200
"""Characters of a reason that a message quotes; the whole of it stands in the details."""


def plain_day(on: date, today: date) -> str:
    """Return "22 Oct", with the year where it is not this one."""
    return day_words(on, today)


def plain_date(on: date) -> str:
    """Return "22 Oct 2026"."""
    return day_words(on)


def brief(text: str) -> str:
    """Return a text as part of a sentence: on one line, short, without its full stop."""
    line = " ".join(text.split())
    if len(line) > REASON_LENGTH:
        return line[: REASON_LENGTH - 1].rstrip() + "…"
    return line.removesuffix(".")
