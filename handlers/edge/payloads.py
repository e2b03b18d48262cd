"""What a payload of Slack's is, and which of our names it carries."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

ROUTE = "route"
"""Where a request's context says which listener answered: what it was, and its name among ours."""
NO_ROUTE = ("", "")


class Kind(StrEnum):
    """What a payload is, as Slack calls it, or would if it had a word."""

    COMMAND = "command"
    CLICK = "block_actions"
    SUBMISSION = "view_submission"
    CLOSED = "view_closed"
    SHORTCUT = "shortcut"
    MESSAGE_SHORTCUT = "message_action"
    CHOICES = "block_suggestion"
    EVENT = "event_callback"
    OTHER = "other"


def kind_of(body: Mapping[str, Any]) -> Kind:
    """Return what the payload is."""
    if "command" in body:
        return Kind.COMMAND
    try:
        return Kind(body.get("type", Kind.OTHER))
    except ValueError:
        return Kind.OTHER


def name_of(body: Mapping[str, Any]) -> str | None:
    """Return the name of the command, button, form, shortcut, select or event; None where there is none."""
    match body:
        case (
            {"command": str(name)}
            | {"type": Kind.CLICK, "actions": [{"action_id": str(name)}, *_]}
            | {"type": Kind.SUBMISSION, "view": {"type": "modal", "callback_id": str(name)}}
            | {"type": Kind.SHORTCUT | Kind.MESSAGE_SHORTCUT, "callback_id": str(name)}
            | {"type": Kind.CHOICES, "action_id": str(name)}
            | {"type": Kind.EVENT, "event": {"type": str(name)}}
        ):
            return name
    return None
