"""Reads a mood typed in one line: ``2 tense call about scope #acme``.

The mood stands first. What was heard follows ``request:`` or ``opportunity:``; a day follows ``seen`` at the
end of the sentence or of what was heard; the channel of the project stands first or last.
"""

import re
from datetime import date, timedelta

from handlers.moods.values import read_value
from handlers.typed.dates import no_such_day, read_date, read_past_date
from handlers.typed.line_ends import YEAR
from handlers.typed.text import CHANNEL, readable
from models.value import Value, replace

_HEAD_CHANNEL = re.compile(rf"^{CHANNEL}(?:\s+|$)")
_TAIL_CHANNEL = re.compile(rf"(?:^|\s){CHANNEL}$")
_TAIL_TYPED_CHANNEL = re.compile(r"(?:^|\s)#(?P<name>[A-Za-z][\w-]*)$")
_HEARD = re.compile(r"(?:^|\s)(?P<kind>request|opportunity):\s*", re.IGNORECASE)
_TAIL_SEEN = re.compile(r"(?:^|\s)seen\s+(?:on\s+)?(?P<when>\S+(?:\s+\S+){0,2})$", re.IGNORECASE)
LONG_AGO = timedelta(days=270)
"""A day without a year that is further back than this was probably meant to come."""


class MoodLine(Value):
    """What one line says of a mood; None where nothing. ``problem`` is a sentence about what can't stand.

    ``key`` is a project's short name, typed with # but not chosen from Slack's list.
    """

    value: int | None = None
    insight: str = ""
    request: str = ""
    opportunity: str = ""
    observed_on: date | None = None
    channel_id: str | None = None
    key: str = ""
    problem: str = ""


def read_line(text: str, today: date) -> MoodLine:
    """Read the line; what people type is never an error, only ``problem`` says what can't be understood."""
    line, rest = _place(text.strip())
    line, rest = _day(line, rest, today)
    line, rest = _heard(line, rest)
    if line.observed_on is None:
        line, rest = _day(line, rest, today)
    said = read_value(rest)
    return replace(
        line, value=said.value, insight=readable(said.sentence), problem=line.problem or said.problem
    )


def _place(text: str) -> tuple[MoodLine, str]:
    """Take the project's channel off the line's beginning or end."""
    if (found := _TAIL_CHANNEL.search(text)) is not None:
        return MoodLine(channel_id=found["id"]), text[: found.start()].rstrip()
    if (found := _HEAD_CHANNEL.match(text)) is not None:
        return MoodLine(channel_id=found["id"]), text[found.end() :]
    if (found := _TAIL_TYPED_CHANNEL.search(text)) is not None:
        return MoodLine(key=found["name"]), text[: found.start()].rstrip()
    return MoodLine(), text


def _heard(line: MoodLine, text: str) -> tuple[MoodLine, str]:
    """Take what was heard off the end of the line."""
    sentence, *pieces = _HEARD.split(text)
    heard = {kind.lower(): readable(said) for kind, said in zip(pieces[::2], pieces[1::2], strict=True)}
    return (
        replace(line, request=heard.get("request", ""), opportunity=heard.get("opportunity", "")),
        sentence.rstrip(),
    )


def _day(line: MoodLine, text: str, today: date) -> tuple[MoodLine, str]:
    """Take the day off the end of the sentence; words that are no day stay a part of it."""
    found = _TAIL_SEEN.search(text)
    day = read_past_date(found["when"], today) if found else None
    if found is None:
        return line, text
    if day is None:
        return replace(line, problem=_no_day(found["when"], today) or line.problem), text
    if today - day > LONG_AGO and not YEAR.search(found["when"]):
        problem = f"{found['when']} is still to come. If you mean {day:%Y}, type seen {day:%Y-%m-%d}."
        return replace(line, problem=problem), text
    return replace(line, observed_on=day), text[: found.start()].rstrip()


def _no_day(said: str, today: date) -> str:
    """Return why nobody can have seen anything then; "" for words that are no day."""
    if read_date(said, today) is None:
        return no_such_day(said, today, is_past=True)
    return f"{said.capitalize()} is still to come. Say when it was, as in seen yesterday, or leave it out."
