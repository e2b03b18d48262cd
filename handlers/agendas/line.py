"""Reads a topic typed in one line: ``Who covers July? #acme``."""

import re

from handlers.typed.text import CHANNEL, readable
from models.value import Value

_TAIL_CHANNEL = re.compile(rf"(?:^|\s){CHANNEL}$")
_TAIL_TYPED_CHANNEL = re.compile(r"(?:^|\s)#(?P<name>[A-Za-z][\w-]*)$")


class TopicLine(Value):
    """What one line says of a topic.

    ``key`` is a project's short name, typed with # but not chosen from Slack's list.
    """

    title: str
    channel_id: str | None = None
    key: str = ""


def read_line(text: str) -> TopicLine:
    """Read the line; a channel stands last."""
    text = text.strip()
    if (found := _TAIL_CHANNEL.search(text)) is not None:
        return TopicLine(readable(text[: found.start()]), channel_id=found["id"])
    if (found := _TAIL_TYPED_CHANNEL.search(text)) is not None:
        return TopicLine(readable(text[: found.start()]), key=found["name"])
    return TopicLine(readable(text))
