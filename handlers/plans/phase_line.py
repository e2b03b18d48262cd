"""Reads what follows ``/project phase``: ``deliver since 14 sep``, ``back to launch: scope changed``."""

import re
from datetime import date

from handlers.typed.dates import no_such_day, read_date, read_past_date
from models.rules.days import day_words
from models.rules.plans.phases import PHASE_NAMES, Phase, following
from models.value import Value

_FILLERS = frozenset({"to", "into", "in", "now", "is", "back", "go", "move", "enter", "set", "it", "the"})
_LONGEST = max(len(name.split()) for name in PHASE_NAMES)
_SINCE = re.compile(r"^(?:since|from|on|as of)\s+(?P<when>.+)$", re.IGNORECASE)
_LINK = re.compile(r"^(?:because|as|[:,;–—-])\s*", re.IGNORECASE)
_DATE_WORDS = 4
UNDO = frozenset({"undo", "revert"})
SHOW = frozenset({"", "show", "history", "list"})


class PhaseLine(Value):
    """What a line asks for. ``word`` is what it names a phase with, where we know none of that name."""

    target: Phase | None = None
    entered_on: date | None = None
    reason: str = ""
    word: str = ""
    problem: str = ""
    """That no calendar has the day since when, or that it is still to come."""
    is_undo: bool = False


def read_phase_line(text: str, present: Phase | None, today: date) -> PhaseLine:
    """Read the line; "next" is the phase that follows the present one."""
    words = text.split()
    if text.strip().lower() in SHOW:
        return PhaseLine()
    if words[0].lower() in UNDO:
        return PhaseLine(is_undo=True)
    while len(words) > 1 and words[0].lower() in _FILLERS:
        words = words[1:]
    target, used = _named(words, present)
    if target is None:
        return PhaseLine(word=words[0])
    entered_on, rest = _since(" ".join(words[used:]), today)
    if entered_on is not None and entered_on > today:
        return PhaseLine(target, problem=f"{day_words(entered_on, today)} is still to come.")
    since = _SINCE.match(rest)
    if since is not None and (nowhere := no_such_day(since["when"], today, is_past=True)):
        return PhaseLine(target, problem=nowhere)
    return PhaseLine(target, entered_on, _LINK.sub("", rest).strip())


def _named(words: list[str], present: Phase | None) -> tuple[Phase | None, int]:
    if words[0].lower().rstrip(":,") == "next":
        return following(present), 1
    for length in range(min(_LONGEST, len(words)), 0, -1):
        name = " ".join(words[:length]).lower().rstrip(":,;")
        if name in PHASE_NAMES:
            return PHASE_NAMES[name], length
    return None, 0


def _since(rest: str, today: date) -> tuple[date | None, str]:
    """Take the day off the beginning of what follows the phase's name; the longest that reads as one.

    What can be meant as a day of the past is; else it is one to come.
    """
    found = _SINCE.match(rest)
    if found is None:
        return None, rest
    words = found["when"].split()
    for length in range(min(_DATE_WORDS, len(words)), 0, -1):
        when = " ".join(words[:length]).rstrip(",;:")
        day = read_past_date(when, today) or read_date(when, today)
        if day is not None:
            return day, " ".join(words[length:])
    return None, rest
