"""Reads a risk typed in one line: ``Vendor API may slip p4 i3 @dana due fri``.

Only what stands at the end of the line is read as an attribute, so that a title may hold any word; and
``opportunity:`` at its beginning, with the colon.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.dates import read_date
from handlers.typed import CHANNEL, PERSON, readable
from models.rules.risk_words import RiskKind
from models.rules.scoring import LEVELS

_HEAD_OPPORTUNITY = re.compile(r"opportunity:\s*", re.IGNORECASE)
_TAIL_LEVEL = re.compile(
    r"(?:^|\s)(?P<which>[pi][:=]?|(?:prob|probability|likelihood|impact)\s*[:=]?\s*)(?P<level>\d)$",
    re.IGNORECASE,
)
_TAIL_PERSON = re.compile(rf"(?:^|\s){PERSON}$")
_TAIL_CHANNEL = re.compile(rf"(?:^|\s){CHANNEL}$")
_TAIL_TYPED_NAME = re.compile(r"(?:^|\s)@(?P<name>[A-Za-z][\w.-]*)$")
_TAIL_DUE = re.compile(r"(?:^|\s)due:?\s+(?P<when>\S+(?:\s+\S+){0,2})$", re.IGNORECASE)


_YEAR = re.compile(r"\d{4}|week|w$|day|d$")
FAR_AHEAD = timedelta(days=270)
"""A date without a year that is further away than this was probably meant to be past."""


@dataclass(frozen=True)
class RiskLine:
    """What one line says of a risk; None where nothing. ``problem`` is a sentence about what can't stand."""

    title: str = ""
    probability: int | None = None
    impact: int | None = None
    owner_slack_id: str | None = None
    channel_id: str | None = None
    due_on: date | None = None
    kind: RiskKind = RiskKind.THREAT
    problem: str = ""


def read_line(text: str, today: date) -> RiskLine:
    """Read the line; what people type is never an error, only ``problem`` says what can't be understood."""
    line, rest = _of_kind(text.strip())
    while True:
        step = _next_attribute(line, rest, today)
        if step is None:
            return replace(line, title=readable(rest))
        line, rest = step
        if line.problem:
            return replace(line, title=readable(rest))


def _of_kind(text: str) -> tuple[RiskLine, str]:
    """Take ``opportunity:`` off the line's beginning."""
    if (found := _HEAD_OPPORTUNITY.match(text)) is not None:
        return RiskLine(kind=RiskKind.OPPORTUNITY), text[found.end() :]
    return RiskLine(), text


def _next_attribute(line: RiskLine, rest: str, today: date) -> tuple[RiskLine, str] | None:
    """Take the last attribute off the line; None when what remains is the title."""
    if (found := _TAIL_LEVEL.search(rest)) is not None:
        return _level(line, found), rest[: found.start()].rstrip()
    if (found := _TAIL_PERSON.search(rest)) is not None:
        return replace(line, owner_slack_id=found["id"]), rest[: found.start()].rstrip()
    if (found := _TAIL_CHANNEL.search(rest)) is not None:
        return replace(line, channel_id=found["id"]), rest[: found.start()].rstrip()
    if (found := _TAIL_TYPED_NAME.search(rest)) is not None:
        problem = (
            f"I don't know @{found['name']}. Pick the person from the list that Slack shows as you type @."
        )
        return replace(line, problem=problem), rest
    if (found := _TAIL_DUE.search(rest)) is not None:
        return _due(line, found, rest, today)
    return None


def _level(line: RiskLine, found: re.Match[str]) -> RiskLine:
    level = int(found["level"])
    is_probability = found["which"].lower().startswith(("p", "l"))
    if level not in LEVELS:
        name = "How likely (p)" if is_probability else "How bad (i)"
        return replace(line, problem=f"{name} goes from 1 to 5, so {found[0].strip()} can't be right.")
    return replace(line, probability=level) if is_probability else replace(line, impact=level)


def _due(line: RiskLine, found: re.Match[str], rest: str, today: date) -> tuple[RiskLine, str] | None:
    when = found["when"]
    due = read_date(when, today)
    if due is None:
        looks_like_a_date = any(character.isdigit() for character in when)
        problem = f"I can't read the date “{when}”. Try due fri, due 12 mar or due {today:%Y-%m-%d}."
        return (replace(line, problem=problem), rest) if looks_like_a_date else None
    if due < today:
        return replace(line, problem=f"{due:%d %b %Y} has passed. When is it due?"), rest
    if due > today + FAR_AHEAD and not _YEAR.search(when):
        problem = f"{when} comes only in {due:%Y}. If you mean that, type due {due:%Y-%m-%d}."
        return replace(line, problem=problem), rest
    return replace(line, due_on=due), rest[: found.start()].rstrip()
