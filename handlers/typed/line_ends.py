"""Reads what may stand at the end of any typed line: an owner, a channel, and by when.

Only what stands at the end is read, so that a title may hold any word.
"""

import difflib
import re
from datetime import date, timedelta
from typing import Any, TypeVar

from handlers.typed.dates import no_such_day, read_due
from handlers.typed.text import CHANNEL, PERSON
from models.rules.days import day_words
from models.value import Value, replace

_TAIL_PERSON = re.compile(rf"(?:^|\s){PERSON}$")
_TAIL_CHANNEL = re.compile(rf"(?:^|\s){CHANNEL}$")
_NAMED = (
    (_TAIL_PERSON, "owner_slack_id", "Two people are named at the end. Name the one who sees to it."),
    (
        _TAIL_CHANNEL,
        "channel_id",
        "Two channels are named at the end. Name the one of its project.",
    ),
)
"""What is named with Slack's help, the field that it fills, and what to say of a second one."""
_TAIL_TYPED_NAME = re.compile(r"(?:^|\s)@(?P<name>[A-Za-z][\w.-]*)$")
_TAIL_DUE = re.compile(r"(?:^|\s)due:?\s+(?P<when>\S+(?:\s+(?!due:?\s)\S+){0,3})$", re.IGNORECASE)
_TAIL_DUE_ALONE = re.compile(r"(?:^|\s)due:?$", re.IGNORECASE)
YEAR = re.compile(r"\d{4}|week|w$|day|d$")
_NO_DATES = frozenset({"to", "diligence", "process", "course", "date", "dates"})
"""Words behind "due" with which a title goes on."""
_TIMES = re.compile(
    r"\b(?:day|week|month|quarter|year|sprint|morning|noon|evening|night|weekend|easter|christmas|soon|asap|later"
    r"|end|next|eo[dwmqy])s?\b",
    re.IGNORECASE,
)
_DAYS = ("today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOSE_ENOUGH = 0.75
_ATTRIBUTE_BEFORE = re.compile(rf"(?:^|\s)(?:{PERSON}|[pi][:=]?\d)$", re.IGNORECASE)
FAR_AHEAD = timedelta(days=270)
"""A date without a year that is further away than this was probably meant to be past."""
BEYOND = timedelta(days=5 * 365)
"""A date further away than this has probably a slip in its year."""
_MEANT = "Was another year meant? If not, choose the day in the form."


class Line(Value):
    """What one line says of any record; None where nothing. ``problem`` says what can't be understood."""

    title: str = ""
    owner_slack_id: str | None = None
    channel_id: str | None = None
    due_on: date | None = None
    problem: str = ""


LineT = TypeVar("LineT", bound=Line)


def next_end(line: LineT, rest: str, today: date) -> tuple[LineT, str] | None:
    """Take the last attribute off the line; None when what remains ends in none of these."""
    for tail, name, twice in _NAMED:
        if (found := tail.search(rest)) is not None:
            if getattr(line, name) not in (None, found["id"]):
                return replace(line, problem=twice), rest
            taken: dict[str, Any] = {name: found["id"]}
            return replace(line, **taken), rest[: found.start()].rstrip()
    if (found := _TAIL_TYPED_NAME.search(rest)) is not None:
        problem = (
            f"I don't know @{found['name']}. Pick the person from the list that Slack shows as you type @."
        )
        return replace(line, problem=problem), rest
    if (found := _TAIL_DUE.search(rest)) is not None:
        return _due(line, found, rest, today)
    if (found := _TAIL_DUE_ALONE.search(rest)) is not None and _is_unsaid(rest[: found.start()]):
        return replace(line, problem="Due when? Type due fri, or due 12 mar."), rest
    return None


def _due(line: LineT, found: re.Match[str], rest: str, today: date) -> tuple[LineT, str] | None:
    when = found["when"]
    due = read_due(when, today)
    if due is None:
        unknown = f"I can't read the date “{when}”."
        problem = f"{no_such_day(when, today) or unknown} Try due fri, due 12 mar or due {today:%Y-%m-%d}."
        return (replace(line, problem=problem), rest) if _is_meant(when, rest[: found.start()]) else None
    if line.due_on is not None:
        return replace(
            line, problem=f"There are two due dates, “{when}” and {day_words(line.due_on, today)}."
        ), rest
    return with_due(line, due, when, today), rest if due < today else rest[: found.start()].rstrip()


def _is_meant(when: str, before: str) -> bool:
    """Tell whether it was meant as a date: a title may end in "due to" anything, or in "due diligence"."""
    first = when.split(maxsplit=1)[0].lower()
    if _ATTRIBUTE_BEFORE.search(before) is None and first in _NO_DATES:
        return False
    is_almost = difflib.get_close_matches(first, _DAYS, n=1, cutoff=_CLOSE_ENOUGH)
    has_digit = any(character.isdigit() for character in when)
    is_time = _TIMES.search(when) is not None
    return has_digit or is_time or bool(is_almost) or _ATTRIBUTE_BEFORE.search(before) is not None


def _is_unsaid(before: str) -> bool:
    """Tell whether a "due" at the end lacks its day: after words, it may be a title's own end."""
    return not before.strip() or _ATTRIBUTE_BEFORE.search(before) is not None


def with_due(line: LineT, due: date, when: str, today: date) -> LineT:
    """Return the line with its date, or with what is wrong about it."""
    if due < today:
        return replace(line, problem=f"{day_words(due, today)} has passed. When is it due?")
    problem = far_ahead(due, when, today, before="due ")
    return replace(line, problem=problem) if problem else replace(line, due_on=due)


def far_ahead(due: date, when: str, today: date, *, before: str = "") -> str:
    """Return what to ask of a day that comes only long after today, or was typed without its year."""
    if due > today + BEYOND:
        return f"{day_words(due, today)} is {due.year - today.year} years ahead. {_MEANT}"
    if due <= today + FAR_AHEAD or YEAR.search(when):
        return ""
    return f"{when} comes only in {due:%Y}. If you mean that, type {before}{due:%Y-%m-%d}."
