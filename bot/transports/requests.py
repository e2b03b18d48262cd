"""Slack's payloads as Bolt takes them, without what nothing behind it could keep or read."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from falcon.uri import parse_query_string
from slack_bolt import BoltRequest

Headers = dict[str, str | Sequence[str]]

_SUSPICIOUS = re.compile(r"%00|(?:\\|%5c)u(?:0000|d[89a-f])", re.IGNORECASE)
"""How a null character, or half of a character, looks in a form or in JSON; whole ones look alike."""
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_OBJECTS = ("user", "team", "channel", "enterprise", "view", "message", "container", "item")
"""What is an object in Slack's payloads, or an id, or not there."""


class Malformed(Exception):
    """A body that Slack never sends."""


def from_http(body: str, headers: Headers) -> BoltRequest:
    """Return a body that Slack signed: a form, a payload in one, or JSON. Raises Malformed."""
    payload = _read(body)
    return _built(keepable(payload) if _SUSPICIOUS.search(body) else payload, headers)


def from_envelope(payload: Mapping[str, Any], headers: Headers) -> BoltRequest:
    """Return a payload that came through a WebSocket. Raises Malformed."""
    return _built(keepable(payload), headers)


def keepable(value: Any) -> Any:  # noqa: ANN401 - any JSON.
    """Return the same without null characters, which Postgres refuses, and without halves of characters."""
    if isinstance(value, str):
        return _UNKEEPABLE.sub("", value)
    if isinstance(value, dict):
        return {keepable(name): keepable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [keepable(part) for part in value]
    return value


def _read(body: str) -> Any:  # noqa: ANN401 - any JSON.
    """Return what the body holds. Falcon reads a form in an eighth of the time that Bolt takes."""
    try:
        if body.startswith("{"):
            return json.loads(body)
        form: dict[str, Any] = parse_query_string(body, keep_blank=True)
        if list in map(type, form.values()):
            raise Malformed
        return json.loads(form["payload"]) if "payload" in form else form
    except (TypeError, ValueError) as error:
        raise Malformed from error


def _built(payload: Any, headers: Headers) -> BoltRequest:  # noqa: ANN401 - any JSON.
    """Have Bolt find its way about in it; what it stumbles over is none of Slack's."""
    if not _is_slacks(payload):
        raise Malformed
    try:
        # What comes through a WebSocket need not be proven, and what came over HTTP is by now.
        return BoltRequest(body=payload, headers=headers, mode="socket_mode")
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise Malformed from error


def _is_slacks(body: object) -> bool:
    if not isinstance(body, Mapping):
        return False
    event = body.get("event", {})
    parts = [body.get(name) for name in _OBJECTS]
    return isinstance(event, dict) and all(part is None or isinstance(part, (str, dict)) for part in parts)
