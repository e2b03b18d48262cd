"""Reads several dates as people type them: ``24–31 dec``, ``24, 25 and 31 dec``, ``dec 24 to 2 jan``."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from handlers.typed.dates import read_date
from models.rules.days import day_words
from models.rules.rituals.workdays import WORKING_WEEK

LONGEST = 62
"""Days from the first to the last of a span; what is longer is a slip."""

_MOST_WORDS = 30
"""Of a line that begins with dates, how many words may belong to them."""
_DASHES = str.maketrans("–—\u2212\u2011", "----")
_WITH_YEAR = re.compile(r"\b([a-z]{3,9}\s+\d{1,2}),\s*(\d{4})\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;&\n]|\band\b)\s*", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|\.\.\.?|\bto\b|\buntil\b|\btill\b)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}\.?")
_NUMBER_IN = re.compile(r"(?<!\d)\d{1,2}(?!\d)\.?")


def leading_days(text: str, today: date) -> tuple[tuple[date, ...], str]:
    """Return the dates with which a line begins, in order, and the words behind; no dates where it has none.

    A span means its working days, and all of it where it has none of these.
    """
    for beginning, rest in _beginnings(text):
        found = _days(beginning, today)
        if found:
            return tuple(sorted(set(found))), rest
    return (), text.strip()


def strange_span(text: str, today: date) -> str:
    """Return what is wrong with the span that a line begins with, "" where there is nothing."""
    for beginning, _ in _beginnings(text):
        if _days(beginning, today):
            return ""
        for first, last in _ends(beginning, today):
            if last < first:
                return f"{day_words(last)} is before {day_words(first)}."
            span = f"From {day_words(first)} to {day_words(last)}"
            return f"{span} is more than {LONGEST} days; add them in parts."
    return ""


def _beginnings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the line's first words and what is behind them, the longest first."""
    plain = _WITH_YEAR.sub(r"\1 \2", text.translate(_DASHES))
    words = list(re.finditer(r"\S+", plain))[:_MOST_WORDS]
    for word in reversed(words):
        yield plain[: word.end()].strip(" ,;:"), plain[word.end() :].strip(" \t–-:,")


def _days(text: str, today: date) -> Sequence[date]:
    """Return all days of a list; none where a part of it is no date."""
    found: list[date] = []
    parts = [part.strip() for part in _BETWEEN.split(text)]
    for part in _with_months(parts):
        days = _span(part, today)
        if not days:
            return ()
        found += days
    return found


def _with_months(parts: Sequence[str]) -> Iterator[str]:
    """Yield the parts, bare numbers with the month of the next that has one, or else of the one before."""
    for place, part in enumerate(parts):
        bare = [each for each in _TO.split(part) if each]
        if not bare or not all(_NUMBER.fullmatch(each) for each in bare):
            yield part
            continue
        others = [*parts[place + 1 :], *reversed(parts[:place])]
        pattern = next((each for each in others if re.search(r"[a-z]{3}", each, re.IGNORECASE)), None)
        last = _TO.split(pattern)[-1] if pattern is not None else ""
        if not _NUMBER_IN.search(last):
            yield part
        else:
            yield " - ".join(_NUMBER_IN.sub(each, last, count=1) for each in bare)


def _span(text: str, today: date) -> Sequence[date]:
    """Return the days of one date, or of what lies between two."""
    only = read_date(text, today)
    if only is not None:
        return [only]
    for first, last in _ends(text, today):
        if first < last <= first + timedelta(days=LONGEST):
            every = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
            return [day for day in every if day.weekday() < WORKING_WEEK] or every
    return ()


def _ends(text: str, today: date) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day, wherever a text can be read as two with something between them."""
    for gap in _TO.finditer(text):
        left, right = text[: gap.start()].strip(), text[gap.end() :].strip()
        first = read_date(_completed(left, right), today)
        last = read_date(_completed(right, left), first) if first is not None else None
        if first is not None and last is not None and first != last:
            yield first, last


def _completed(part: str, other: str) -> str:
    """Return a part of a span with the month of the other, where it is a number alone: "24–31 dec"."""
    return _NUMBER_IN.sub(part, other, count=1) if _NUMBER.fullmatch(part) else part
