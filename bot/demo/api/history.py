"""Methods that read what was said."""

import base64
from binascii import Error as NotBase64
from collections.abc import Sequence

from bot.demo.api.access import Access
from bot.demo.api.arguments import Arguments
from bot.demo.api.method import Method
from bot.demo.errors import Code, SlackError
from bot.demo.state.objects import message_object
from bot.demo.state.workspace import Workspace
from bot.demo.values import Conversation, ConversationKind, JsonObject, Message

_SCOPES = {
    ConversationKind.CHANNEL: "channels:history",
    ConversationKind.PRIVATE: "groups:history",
    ConversationKind.IM: "im:history",
}
_MOST = 999
_CURSOR = "next_ts:"


class HistoryMethods:
    """What the bot may read again; ephemeral messages are nowhere, replies in their thread alone."""

    def __init__(self, workspace: Workspace, access: Access) -> None:
        """Take the state, and what the bot may see of it."""
        self._workspace = workspace
        self._access = access

    def methods(self) -> dict[str, Method]:
        """Return the methods by name; both are of tier 3, as for every app that is not sold."""
        page = frozenset({"channel", "oldest", "limit", "cursor", "include_all_metadata"})
        return {
            "conversations.history": Method(self._history, page),
            "conversations.replies": Method(self._replies, page | {"ts"}),
        }

    def _history(self, arguments: Arguments) -> JsonObject:
        """List a conversation, newest first."""
        conversation = self._readable(arguments)
        bot = self._workspace.app.bot_user_id
        said = [each for each in self._workspace.timeline(conversation.id, bot) if not each.ephemeral_to]
        oldest = arguments.text("oldest")
        return self._page([each for each in reversed(said) if each.ts > oldest], arguments)

    def _replies(self, arguments: Arguments) -> JsonObject:
        """List a thread, oldest first; the message it hangs on comes whatever its age."""
        conversation = self._readable(arguments)
        ts, oldest = arguments.required("ts"), arguments.text("oldest")
        said = self._workspace.thread(conversation.id, ts, self._workspace.app.bot_user_id)
        thread = [each for each in said if not each.ephemeral_to]
        if not thread:
            raise SlackError(Code.THREAD_NOT_FOUND)
        return self._page([each for each in thread if each.ts == ts or each.ts > oldest], arguments)

    def _readable(self, arguments: Arguments) -> Conversation:
        """Find where the bot may read: only where it is a member, and with the scope for that kind."""
        conversation = self._access.visible(arguments.required("channel"))
        self._access.require_scope(_SCOPES[conversation.kind])
        if self._workspace.app.bot_user_id not in conversation.member_ids:
            raise SlackError(Code.NOT_IN_CHANNEL)
        return conversation

    def _page(self, messages: Sequence[Message], arguments: Arguments) -> JsonObject:
        limit = arguments.number("limit", 100)
        if not 1 <= limit <= _MOST:
            raise SlackError(Code.INVALID_LIMIT)
        start = _position(arguments.text("cursor"), messages)
        rest = messages[start + limit :]
        with_metadata = arguments.flag("include_all_metadata")
        shown = [self._shown(each, with_metadata=with_metadata) for each in messages[start : start + limit]]
        more = {"response_metadata": {"next_cursor": _cursor(rest[0])}} if rest else {}
        return {"messages": shown, "has_more": bool(rest), **more}

    def _shown(self, message: Message, *, with_metadata: bool) -> JsonObject:
        shown = message_object(message, self._workspace)
        if not with_metadata:
            shown.pop("metadata", None)
        return shown


def _cursor(first: Message) -> str:
    return base64.b64encode(f"{_CURSOR}{first.ts.replace('.', '')}".encode()).decode()


def _position(cursor: str, messages: Sequence[Message]) -> int:
    """Return where the page begins; a cursor names its first message."""
    if not cursor:
        return 0
    try:
        wanted = base64.b64decode(cursor, validate=True).decode().removeprefix(_CURSOR)
    except (NotBase64, UnicodeDecodeError):
        raise SlackError(Code.INVALID_CURSOR) from None
    places = {each.ts.replace(".", ""): place for place, each in enumerate(messages)}
    if wanted not in places:
        raise SlackError(Code.INVALID_CURSOR)
    return places[wanted]
