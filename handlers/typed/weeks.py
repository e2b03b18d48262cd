"""Reads which project and which week a line names: ``ACME 40``, ``week 40``, ``last``, ``#acme october``."""

import re
from datetime import date

from handlers.typed.text import CHANNEL
from models.rules.statuses.periods import Cadence, Period
from models.value import Value, replace

_CHANNEL = re.compile(CHANNEL)
_WEEK = re.compile(r"(?:(?P<year>\d{4})-?w|w)?(?P<week>\d{1,2})", re.IGNORECASE)
_KEY = re.compile(r"#?(?P<key>[A-Za-z][A-Za-z0-9]{0,9})")
_MONTHS = {f"{date(2000, month, 1):%B}".lower(): month for month in range(1, 13)}
_SHORT = {name[:3]: month for name, month in _MONTHS.items()}
_FILLERS = frozenset({"week", "of", "in", "month"})
_LAST = frozenset({"last", "previous"})
_PRESENT = frozenset({"this", "now"})
MOST_WORDS = 4
_FAR = 100
"""Years from which on one is a slip of the finger, and soon past what a calendar holds."""


class WeekWords(Value):
    """What a line names; "" and None where nothing."""

    key: str = ""
    channel_id: str | None = None
    week: int | None = None
    year: int | None = None
    month: int | None = None
    ago: int | None = None
    """Periods before the present one."""

    @property
    def names_period(self) -> bool:
        """Tell whether a week or a month is named."""
        return any(each is not None for each in (self.week, self.month, self.ago))

    def period(self, present: Period) -> Period | None:
        """Return the named period, seen from the present one; None where there is no such one.

        A week or month without a year is the latest that is not still to come.
        """
        if self.ago is not None:
            return present.previous if self.ago else present
        if present.cadence is Cadence.MONTHLY:
            return _month(self.month, present) if self.month else None
        return _week(self.week, self.year, present) if self.week else None


def read_week_words(text: str) -> WeekWords | None:
    """Read the words, in any order; None when they are a sentence."""
    words = text.split()
    if len(words) > MOST_WORDS:
        return None
    read = WeekWords()
    for word in words:
        if word.lower() in _FILLERS:
            continue
        more = _with_word(read, word)
        if more is None:
            return None
        read = more
    return read


def _with_word(read: WeekWords, word: str) -> WeekWords | None:
    lower = word.lower()
    if (channel := _CHANNEL.fullmatch(word)) is not None:
        return replace(read, channel_id=channel["id"])
    if not read.names_period:
        if lower in _LAST or lower in _PRESENT:
            return replace(read, ago=int(lower in _LAST))
        if (week := _WEEK.fullmatch(word)) is not None:
            year = int(week["year"]) if week["year"] else None
            return replace(read, week=int(week["week"]), year=year)
        if (month := _MONTHS.get(lower) or _SHORT.get(lower)) is not None:
            return replace(read, month=month)
    if (key := _KEY.fullmatch(word)) is not None and not read.key:
        return replace(read, key=key["key"].upper())
    return None


def _week(week: int, year: int | None, present: Period) -> Period | None:
    this_year = present.starts_on.isocalendar().year
    if year and abs(year - this_year) > _FAR:
        return None
    for candidate in (year,) if year else (this_year, this_year - 1):
        try:
            found = Period.of_week(candidate, week)
        except ValueError:
            continue
        if year or found <= present:
            return found
    return None


def _month(month: int, present: Period) -> Period:
    year = present.starts_on.year - (month > present.starts_on.month)
    return Period(date(year, month, 1), Cadence.MONTHLY)
