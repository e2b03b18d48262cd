"""Slack's payloads as Bolt takes them, without what nothing behind it could keep or read."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import BoltRequest

_SUSPICIOUS = re.compile(r"%00|(?:\\|%5c)u(?:0000|d[89a-f])", re.IGNORECASE)
"""How a null character, or half of a character, looks in a form or in JSON; whole ones look alike."""
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_OBJECTS = ("user", "team", "channel", "enterprise", "view", "message", "container", "item")
"""What is an object in Slack's payloads, or an id, or not there."""


class Malformed(Exception):
    """A body that Slack never sends."""


def from_form(body: str, headers: dict[str, str | Sequence[str]]) -> BoltRequest:
    """Return a body that came over HTTP. Raises Malformed."""
    request = _built(body, headers, "http")
    if _SUSPICIOUS.search(body):
        # The body itself stays as it is, for it is what was signed.
        request.body = keepable(request.body)
    return request


def from_envelope(payload: Mapping[str, Any], headers: dict[str, str | Sequence[str]]) -> BoltRequest:
    """Return a payload that came through a WebSocket. Raises Malformed."""
    return _built(keepable(payload), headers, "socket_mode")


def keepable(value: Any) -> Any:  # noqa: ANN401 - any JSON.
    """Return the same without null characters, which Postgres refuses, and without halves of characters."""
    if isinstance(value, str):
        return _UNKEEPABLE.sub("", value)
    if isinstance(value, dict):
        return {keepable(name): keepable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [keepable(part) for part in value]
    return value


def _built(body: Any, headers: dict[str, str | Sequence[str]], mode: str) -> BoltRequest:  # noqa: ANN401 - text or JSON.
    """Have Bolt read it; what it stumbles over is none of Slack's."""
    try:
        request = BoltRequest(body=body, headers=headers, mode=mode)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise Malformed from error
    if not _is_slacks(request.body):
        raise Malformed
    return request


def _is_slacks(body: object) -> bool:
    if not isinstance(body, Mapping):
        return False
    event = body.get("event", {})
    parts = [body.get(name) for name in _OBJECTS]
    return isinstance(event, dict) and all(part is None or isinstance(part, (str, dict)) for part in parts)
