"""Bodies and headers as a person reads them: indented, without secrets, and not too long."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

LONGEST = 16_000
_HIDDEN = "•••"
_JSON_FIELDS = frozenset({"payload", "view", "blocks", "metadata", "attachments"})
_SECRETS = (
    (re.compile(r"\b(xox[a-z]|xapp)-[\w-]+"), rf"\1-{_HIDDEN}"),
    (re.compile(r"(/response/[\w-]{4})[\w-]+"), rf"\1{_HIDDEN}"),
    (re.compile(r"(/upload/[\w-]{4})[\w-]+"), rf"\1{_HIDDEN}"),
    (re.compile(r"(ticket=[\w-]{4})[\w-]+"), rf"\1{_HIDDEN}"),
    (re.compile(r'("(?:token|client_secret)": ")[^"]*'), rf"\1{_HIDDEN}"),
)


def parsed(content_type: str, body: bytes) -> Any:  # noqa: ANN401 - JSON has every type there is.
    """Return what a body holds: JSON, or a form's fields with the JSON in them; else None."""
    try:
        if content_type.startswith("application/json"):
            return json.loads(body)
        if content_type.startswith("application/x-www-form-urlencoded"):
            fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
            return {name: _inner(name, value) for name, value in fields.items()}
    except ValueError:
        return None
    return None


def legible(content_type: str, body: bytes) -> str:
    """Return the body for reading; what is neither JSON, form nor text is only measured."""
    content = parsed(content_type, body)
    if content is not None:
        return legible_json(content)
    try:
        return shortened(without_secrets(body.decode()))
    except UnicodeDecodeError:
        return f"{len(body)} bytes of {content_type or 'something'}"


def legible_json(content: object) -> str:
    """Return JSON indented, without secrets, and cut where it gets too long."""
    return shortened(without_secrets(json.dumps(content, indent=2, ensure_ascii=False)))


def without_secrets(text: str) -> str:
    """Return the text with all that would open a door hidden; a signature opens none."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def shortened(text: str) -> str:
    """Return the beginning of the text, and how much there was besides."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n… {len(text) - LONGEST} characters more"


def _inner(name: str, value: str) -> object:
    if name not in _JSON_FIELDS:
        return value
    try:
        inner: object = json.loads(value)
    except ValueError:
        return value
    return inner
