"""Methods that post and change messages."""

from bot.demo.api.access import Access
from bot.demo.api.arguments import Arguments
from bot.demo.api.method import Method
from bot.demo.errors import Code, SlackError
from bot.demo.limits import check_message, check_metadata
from bot.demo.state.objects import message_object
from bot.demo.state.workspace import Workspace
from bot.demo.values import JsonObject

_LONGEST_UPDATE = 4_000
_MESSAGE = {"channel", "text", "blocks"}
_SENT = {*_MESSAGE, "thread_ts", "mrkdwn"}


class MessageMethods:
    """What the bot says."""

    def __init__(self, workspace: Workspace, access: Access) -> None:
        """Take the state, and what the bot may touch of it."""
        self._workspace = workspace
        self._access = access

    def methods(self) -> dict[str, Method]:
        """Return the methods by name; how often a message may be posted is counted a channel."""
        posted = frozenset({*_SENT, "metadata", "unfurl_links", "unfurl_media"})
        return {
            "chat.postMessage": Method(self._post_message, posted, "chat:write"),
            "chat.postEphemeral": Method(
                self._post_ephemeral, frozenset({*_SENT, "user"}), "chat:write", a_minute=100
            ),
            "chat.update": Method(self._update, frozenset({*_MESSAGE, "ts", "metadata"}), "chat:write"),
            "chat.delete": Method(self._delete, frozenset({"channel", "ts"}), "chat:write"),
        }

    def _post_message(self, arguments: Arguments) -> JsonObject:
        conversation = self._access.writable(arguments.required("channel"))
        text, blocks = arguments.text("text"), arguments.structure("blocks")
        check_message(text, blocks)
        message = self._workspace.post(
            conversation.id,
            self._workspace.app.bot_user_id,
            text,
            blocks=_as_blocks(blocks),
            thread_ts=self._access.thread(conversation, arguments),
            metadata=check_metadata(arguments.structure("metadata")),
        )
        shown = message_object(message, self._workspace)
        return {"channel": conversation.id, "ts": message.ts, "message": shown}

    def _post_ephemeral(self, arguments: Arguments) -> JsonObject:
        conversation = self._access.writable(arguments.required("channel"))
        user_id = arguments.required("user")
        if user_id not in conversation.member_ids:
            raise SlackError(Code.USER_NOT_IN_CHANNEL)
        text, blocks = arguments.text("text"), arguments.structure("blocks")
        check_message(text, blocks)
        message = self._workspace.post(
            conversation.id,
            self._workspace.app.bot_user_id,
            text,
            blocks=_as_blocks(blocks),
            thread_ts=self._access.thread(conversation, arguments),
            ephemeral_to=user_id,
        )
        return {"message_ts": message.ts}

    def _update(self, arguments: Arguments) -> JsonObject:
        message = self._access.own_message(arguments, Code.CANT_UPDATE_MESSAGE)
        text, blocks = arguments.text("text"), arguments.structure("blocks")
        if blocks is None and not text:
            raise SlackError(Code.NO_TEXT)
        check_message(text or message.text, blocks, _LONGEST_UPDATE)
        metadata = check_metadata(arguments.structure("metadata"))
        changed = self._workspace.edit(
            message,
            text,
            message.blocks if blocks is None else _as_blocks(blocks),
            message.metadata if metadata is None else metadata,
        )
        shown = message_object(changed, self._workspace)
        return {"channel": changed.conversation_id, "ts": changed.ts, "text": text, "message": shown}

    def _delete(self, arguments: Arguments) -> JsonObject:
        message = self._access.own_message(arguments, Code.CANT_DELETE_MESSAGE)
        self._workspace.delete(message)
        return {"channel": message.conversation_id, "ts": message.ts}


def _as_blocks(checked: object) -> list[JsonObject]:
    return checked if isinstance(checked, list) else []
