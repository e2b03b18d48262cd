"""Reads a topic typed in one line: ``Who covers July? 20 min #acme``."""

import re

from handlers.typed.text import CHANNEL, readable
from models.value import Value

_TAIL_CHANNEL = re.compile(rf"(?:^|\s){CHANNEL}$")
_TAIL_TYPED_CHANNEL = re.compile(r"(?:^|\s)#(?P<name>[A-Za-z][\w-]*)$")
_TAIL_MINUTES = re.compile(
    r"(?P<before>\S)[\s,(·–-]+(?P<count>[1-9]\d{0,2})\s*(?:m|mins?|minutes?)\.?\)?$", re.IGNORECASE
)
_HEAD_MINUTES = re.compile(
    r"(?P<count>[1-9]\d{0,2})\s*(?:[mM]|[mM]ins?|[mM]inutes?)(?:\s*[:,–-]\s*|\s+(?:for\s+)?(?=[A-Z]))(?=\S)"
)
"""A length typed first; before a small letter it is part of what the topic says: "10 min stand-up"."""
_SAID_OF_IT = re.compile(
    r"\b(?:to|of|by|in|after|every|than|under|within|at|least|most|only)$", re.IGNORECASE
)
"""Words before a length that belongs to what the topic says: "Cut the stand-up to 10 min"."""


class TopicLine(Value):
    """What one line says of a topic.

    ``key`` is a project's short name, typed with # but not chosen from Slack's list; ``minutes`` is 0 where
    it asks for none.
    """

    title: str
    channel_id: str | None = None
    key: str = ""
    minutes: int = 0


def read_line(text: str) -> TopicLine:
    """Read the line; a channel and minutes stand last, in either order, or the minutes first."""
    said, minutes = read_minutes(text.strip())
    channel_id, key = None, ""
    if (found := _TAIL_CHANNEL.search(said)) is not None:
        channel_id = found["id"]
    elif (found := _TAIL_TYPED_CHANNEL.search(said)) is not None:
        key = found["name"]
    if found is not None:
        said = said[: found.start()]
        if not minutes:
            said, minutes = read_minutes(said.rstrip())
    return TopicLine(readable(said), channel_id, key, minutes)


def read_minutes(text: str) -> tuple[str, int]:
    """Take the minutes that a topic needs off its end, or its beginning; 0 where it says none."""
    found = _TAIL_MINUTES.search(text)
    if found is not None and not _SAID_OF_IT.search(text[: found.start() + 1]):
        return text[: found.start() + 1].removesuffix(" for"), int(found["count"])
    if found is None and (head := _HEAD_MINUTES.match(text)) is not None:
        return text[head.end() :], int(head["count"])
    return text, 0


def with_minutes(title: str, minutes: int) -> str:
    """Return a topic as it is typed, with the minutes that it needs."""
    return f"{title} {minutes} min" if minutes else title
