"""What no listener is there for: buttons and forms of another version, and what is not as Slack makes it."""

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
from handlers.kit import Kit

log = getLogger(__name__)

OLDER_BUTTON = "That button is from an older version of me. Type the command again, and use the new one."
OLDER_FORM = (
    "This form is from an older version of me, so nothing was saved. Copy what you need of it, close it, and "
    "type the command again."
)
OLDER_SHORTCUT = "I don't know that shortcut any more. `/drumbeat help` shows what there is."
OLDER_COMMAND = "I don't know that command. `/drumbeat help` shows what there is."

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
        kind = kind_of(req.body)
        log.info("nobody knows what to do with a payload of kind %s", kind.value)
        is_malformed = kind in _WITH_NAMES and name_of(req.body) is None
        refusal = words(Unreadable()) if is_malformed else _WORDS.get(kind, "")
        answer_in_words(self._kit, req, say(renamed(refusal, self._kit.prefix)))
        return req.context.ack.response
