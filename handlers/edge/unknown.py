"""What no listener is there for: buttons and forms of another version, and what is not as Slack makes it."""

import re
from collections.abc import Callable
from logging import getLogger

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from handlers.answers import say
from handlers.edge.payloads import Kind, kind_of, name_of
from handlers.edge.prefixing import renamed
from handlers.edge.telling import answer_in_words
from handlers.errors import words
from handlers.forms import Unreadable
from handlers.grammar import COMMANDS
from handlers.kit import Kit

log = getLogger(__name__)

OLDER_BUTTON = "That button is from an older version of me. Type the command again, and use the new one."
OLDER_FORM = (
    "This form is from an older version of me, so nothing was saved. Copy what you need of it, close it, and "
    "type the command again."
)
OLDER_SHORTCUT = "I don't know that shortcut any more. `/drumbeat help` shows what there is."
OLDER_COMMAND = "I don't know that command. `/drumbeat help` shows what there is."
OTHER_PREFIX = (
    "Slack and I call my commands differently, so nothing was done. "
    "Please tell whoever runs Drumbeat: {remedy}, and start it again."
)
PASTE_AGAIN = "paste the output of `drumbeat manifest` at App Manifest again"

_OURS = re.compile(rf"/(?:([a-z0-9_-]{{1,20}})-)?(?:{'|'.join(command.name for command in COMMANDS)})")
_LONGEST_COMMAND = 32
"""Characters, by Slack's own limit."""

_WITH_NAMES = frozenset(
    {Kind.CLICK, Kind.SUBMISSION, Kind.SHORTCUT, Kind.MESSAGE_SHORTCUT, Kind.CHOICES, Kind.EVENT}
)
"""What Slack names; without a name it is not as Slack makes it."""
_WORDS = {
    Kind.CLICK: OLDER_BUTTON,
    Kind.SUBMISSION: OLDER_FORM,
    Kind.SHORTCUT: OLDER_SHORTCUT,
    Kind.MESSAGE_SHORTCUT: OLDER_SHORTCUT,
    Kind.COMMAND: OLDER_COMMAND,
    Kind.OTHER: OLDER_BUTTON,
}


def _unknown_command(name: str) -> str:
    """Warn of a command that Slack sends and nobody answers; return what to say where its prefix is why."""
    found = _OURS.fullmatch(name)
    remedy = _remedy(found[1]) if found else ""
    # A command's name is its app's, and nothing that anybody wrote.
    log.warning("nobody answers the command %s: %s", name[:_LONGEST_COMMAND], remedy or PASTE_AGAIN)
    return OTHER_PREFIX.format(remedy=remedy) if remedy else ""


def _remedy(prefix: str | None) -> str:
    return f"set COMMAND_PREFIX={prefix}" if prefix else "leave COMMAND_PREFIX unset"


class Unknown(Middleware):
    """Answers in plain words whatever comes so far: it stands behind the listeners."""

    def __init__(self, kit: Kit) -> None:
        """Take what is needed to answer."""
        self._kit = kit

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature.
        next: Callable[[], BoltResponse],  # noqa: A002, ARG002 - Bolt's signature.
    ) -> BoltResponse | None:
        """Answer what nobody else would."""
        kind, name = kind_of(req.body), name_of(req.body)
        is_malformed = kind in _WITH_NAMES and name is None
        refusal = words(Unreadable()) if is_malformed else _WORDS.get(kind, "")
        if kind is Kind.COMMAND and name is not None:
            refusal = _unknown_command(name) or refusal
        else:
            log.info("nobody knows what to do with a payload of kind %s", kind.value)
        answer_in_words(self._kit, req, say(renamed(refusal, self._kit.prefix)))
        return req.context.ack.response
