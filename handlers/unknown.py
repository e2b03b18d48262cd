"""What no listener is there for: buttons and forms of another version, and what is not as Slack makes it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from logging import getLogger
from typing import Any

from slack_bolt import Ack, BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from handlers.answers import as_message, say
from handlers.errors import words
from handlers.events.subscriptions import EventType
from handlers.forms import Unreadable
from handlers.ids import ActionId, CallbackId, ShortcutId, SourceId
from handlers.kit import Kit
from handlers.prefixing import renamed
from handlers.telling import refusal_of, tell

log = getLogger(__name__)

OLDER_BUTTON = "That button is from an older version of me. Type the command again, and use the new one."
OLDER_FORM = (
    "This form is from an older version of me, so nothing was saved. Copy what you need of it, close it, and "
    "type the command again."
)
OLDER_SHORTCUT = "I don't know that shortcut any more. `/drumbeat help` shows what there is."
OLDER_COMMAND = "I don't know that command. `/drumbeat help` shows what there is."


class _Kind(StrEnum):
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


_KNOWN: Mapping[_Kind, frozenset[str]] = {
    _Kind.CLICK: frozenset(ActionId),
    _Kind.SUBMISSION: frozenset(CallbackId),
    _Kind.SHORTCUT: frozenset(ShortcutId),
    _Kind.MESSAGE_SHORTCUT: frozenset(ShortcutId),
    _Kind.CHOICES: frozenset(SourceId),
    _Kind.EVENT: frozenset(EventType),
}
_WORDS = {
    _Kind.CLICK: OLDER_BUTTON,
    _Kind.SUBMISSION: OLDER_FORM,
    _Kind.SHORTCUT: OLDER_SHORTCUT,
    _Kind.MESSAGE_SHORTCUT: OLDER_SHORTCUT,
    _Kind.COMMAND: OLDER_COMMAND,
    _Kind.OTHER: OLDER_BUTTON,
}


class Unknown(Middleware):
    """Lets through what a listener is there for, and answers everything else in plain words.

    It comes behind the checks of signature and installation, and behind the commands.
    """

    def __init__(self, kit: Kit) -> None:
        """Take what is needed to answer."""
        self._kit = kit

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature.
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt's signature.
    ) -> BoltResponse | None:
        """Answer what nobody else would."""
        kind, name = _kind(req.body), _name(req.body)
        if name is not None and name in _KNOWN.get(kind, ()):
            return next()
        log.info("nobody knows what to do with a payload of kind %s", kind.value)
        refusal = words(Unreadable()) if name is None and kind in _KNOWN else _WORDS.get(kind, "")
        self._answer(req, kind, renamed(refusal, self._kit.prefix))
        return req.context.ack.response

    def _answer(self, req: BoltRequest, kind: _Kind, text: str) -> None:
        ack: Ack = req.context.ack
        match kind:
            case _Kind.COMMAND:
                ack(**as_message(say(text)))
            case _Kind.SUBMISSION:
                ack(**refusal_of(req.body, say(text)))
            case _Kind.CHOICES:
                ack(options=[])
            case _Kind.CLICK | _Kind.SHORTCUT | _Kind.MESSAGE_SHORTCUT:
                tell(self._kit, req.context.client, req.body, say(text))
                ack()
            case _Kind.OTHER if req.body.get("response_url"):
                tell(self._kit, req.context.client, req.body, say(text))
                ack()
            case _Kind.EVENT | _Kind.CLOSED | _Kind.OTHER:
                # Nobody waits for words.
                ack()


def _kind(body: Mapping[str, Any]) -> _Kind:
    if "command" in body:
        return _Kind.COMMAND
    try:
        return _Kind(body.get("type", _Kind.OTHER))
    except ValueError:
        return _Kind.OTHER


def _name(body: Mapping[str, Any]) -> str | None:
    """Return which button, form, shortcut or event it is; None where it is not as Slack makes it."""
    match body:
        case {"type": _Kind.CLICK, "actions": [{"action_id": str(name)}, *_]}:
            return name
        case {"type": _Kind.SUBMISSION, "view": {"type": "modal", "callback_id": str(name)}}:
            return name
        case {"type": _Kind.SHORTCUT | _Kind.MESSAGE_SHORTCUT, "callback_id": str(name)}:
            return name
        case {"type": _Kind.CHOICES, "action_id": str(name)}:
            return name
        case {"type": _Kind.EVENT, "event": {"type": str(name)}}:
            return name
    return None
