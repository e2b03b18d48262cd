"""The Web API: the methods this product calls, each as strict as Slack's own."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from bot.demo.arguments import Arguments
from bot.demo.errors import Code, MissingScope, SlackError
from bot.demo.limits import check_message, check_metadata, check_view
from bot.demo.objects import conversation_object, installation, message_object, user_object, view_object
from bot.demo.sockets import Sockets
from bot.demo.tickets import Triggers
from bot.demo.values import Conversation, ConversationKind, JsonObject, Message
from bot.demo.workspace import Workspace

_LONGEST_UPDATE = 4_000
_MOST_MEMBERS = 1_000
_READ_SCOPES = {
    ConversationKind.CHANNEL: "channels:read",
    ConversationKind.PRIVATE: "groups:read",
    ConversationKind.IM: "im:read",
}


@dataclass(frozen=True)
class Method:
    """One method: what it does, the arguments this product may send, the scope it needs."""

    run: Callable[[Arguments], JsonObject]
    arguments: frozenset[str]
    scope: str | None = None


class WebApi:
    """Answers the bot's calls; refusals are raised as SlackError."""

    def __init__(self, workspace: Workspace, triggers: Triggers, sockets: Sockets) -> None:
        """Take the state, the trigger ids that open modals, and the connections that the bot may open."""
        self._workspace = workspace
        self._triggers = triggers
        self._sockets = sockets
        message = {"channel", "text", "blocks"}
        sent = {*message, "thread_ts", "mrkdwn"}
        view = {"view"}
        self._methods = {
            "auth.test": Method(self._auth_test, frozenset()),
            "apps.connections.open": Method(self._connections_open, frozenset()),
            "users.info": Method(self._users_info, frozenset({"user"}), "users:read"),
            "conversations.info": Method(self._conversations_info, frozenset({"channel"})),
            "conversations.members": Method(
                self._conversations_members, frozenset({"channel", "cursor", "limit"})
            ),
            "chat.postMessage": Method(
                self._post_message,
                frozenset({*sent, "metadata", "unfurl_links", "unfurl_media"}),
                "chat:write",
            ),
            "chat.postEphemeral": Method(self._post_ephemeral, frozenset({*sent, "user"}), "chat:write"),
            "chat.update": Method(self._update, frozenset({*message, "ts", "metadata"}), "chat:write"),
            "chat.delete": Method(self._delete, frozenset({"channel", "ts"}), "chat:write"),
            "views.open": Method(self._views_open, frozenset({*view, "trigger_id"})),
            "views.update": Method(self._views_update, frozenset({*view, "view_id", "external_id", "hash"})),
        }

    def knows(self, name: str) -> bool:
        """Tell whether there is a method of that name."""
        return name in self._methods

    def call(self, name: str, arguments: Arguments) -> JsonObject:
        """Run a method and return what Slack would answer besides ``ok``."""
        method = self._methods[name]
        unknown = arguments.names - method.arguments - {"token"}
        if unknown:
            raise SlackError(Code.INVALID_ARGUMENTS, [f"not known here: {', '.join(sorted(unknown))}"])
        if method.scope:
            self._require_scope(method.scope)
        return method.run(arguments)

    def _require_scope(self, scope: str) -> None:
        if scope not in self._workspace.app.scopes:
            raise MissingScope(scope)

    # Who and where.

    def _auth_test(self, _arguments: Arguments) -> JsonObject:
        return installation(self._workspace)

    def _connections_open(self, _arguments: Arguments) -> JsonObject:
        return {"url": self._sockets.address()}

    def _users_info(self, arguments: Arguments) -> JsonObject:
        person = self._workspace.person(arguments.required("user"))
        if person is None:
            raise SlackError(Code.USER_NOT_FOUND)
        return {"user": user_object(person)}

    def _conversations_info(self, arguments: Arguments) -> JsonObject:
        conversation = self._readable(arguments.required("channel"))
        return {"channel": conversation_object(conversation, self._workspace)}

    def _conversations_members(self, arguments: Arguments) -> JsonObject:
        conversation = self._readable(arguments.required("channel"))
        limit = arguments.number("limit", 100)
        if not 1 <= limit <= _MOST_MEMBERS:
            raise SlackError(Code.INVALID_LIMIT)
        members = conversation.member_ids
        start = _position(arguments.text("cursor"), members)
        page, rest = members[start : start + limit], members[start + limit :]
        return {
            "members": list(page),
            "response_metadata": {"next_cursor": _cursor(rest[0]) if rest else ""},
        }

    # Messages.

    def _post_message(self, arguments: Arguments) -> JsonObject:
        conversation = self._writable(arguments.required("channel"))
        text, blocks = arguments.text("text"), arguments.structure("blocks")
        check_message(text, blocks)
        message = self._workspace.post(
            conversation.id,
            self._workspace.app.bot_user_id,
            text,
            blocks=_as_blocks(blocks),
            thread_ts=self._thread(conversation, arguments),
            metadata=check_metadata(arguments.structure("metadata")),
        )
        shown = message_object(message, self._workspace)
        return {"channel": conversation.id, "ts": message.ts, "message": shown}

    def _post_ephemeral(self, arguments: Arguments) -> JsonObject:
        conversation = self._writable(arguments.required("channel"))
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
            thread_ts=self._thread(conversation, arguments),
            ephemeral_to=user_id,
        )
        return {"message_ts": message.ts}

    def _update(self, arguments: Arguments) -> JsonObject:
        message = self._own_message(arguments, Code.CANT_UPDATE_MESSAGE)
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
        message = self._own_message(arguments, Code.CANT_DELETE_MESSAGE)
        self._workspace.delete(message)
        return {"channel": message.conversation_id, "ts": message.ts}

    # Modals.

    def _views_open(self, arguments: Arguments) -> JsonObject:
        trigger_id = arguments.required("trigger_id")
        view = check_view(arguments.structure("view"))
        user_id = self._triggers.exchange(trigger_id)
        opened = self._workspace.modals.push(user_id, view, root=True)
        return {"view": view_object(opened, self._workspace)}

    def _views_update(self, arguments: Arguments) -> JsonObject:
        modals = self._workspace.modals
        view_id = arguments.optional("view_id")
        if view_id is None:
            named = modals.find_external(arguments.required("external_id"))
            view_id = named.id if named else ""
        updated = modals.update(view_id, arguments.structure("view"), arguments.optional("hash"))
        return {"view": view_object(updated, self._workspace)}

    # What the bot may see and touch.

    def _visible(self, channel_id: str) -> Conversation:
        """Find a conversation that the bot may know of: a private one only as its member."""
        conversation = self._workspace.conversation(channel_id)
        if conversation is None:
            raise SlackError(Code.CHANNEL_NOT_FOUND)
        is_public = conversation.kind is ConversationKind.CHANNEL
        if not is_public and self._workspace.app.bot_user_id not in conversation.member_ids:
            raise SlackError(Code.CHANNEL_NOT_FOUND)
        return conversation

    def _readable(self, channel_id: str) -> Conversation:
        conversation = self._visible(channel_id)
        self._require_scope(_READ_SCOPES[conversation.kind])
        return conversation

    def _writable(self, channel_id: str) -> Conversation:
        """Find where to post: a person's id stands for the app's direct message with them."""
        direct = self._workspace.direct_message(channel_id) if channel_id[:1] in "UW" else None
        conversation = direct or self._visible(channel_id)
        if conversation.is_archived:
            raise SlackError(Code.IS_ARCHIVED)
        is_member = self._workspace.app.bot_user_id in conversation.member_ids
        if not is_member and "chat:write.public" not in self._workspace.app.scopes:
            raise SlackError(Code.NOT_IN_CHANNEL)
        return conversation

    def _thread(self, conversation: Conversation, arguments: Arguments) -> str | None:
        thread_ts = arguments.optional("thread_ts")
        if not thread_ts:
            return None
        parent = self._workspace.message(conversation.id, thread_ts)
        if parent is None or parent.ephemeral_to or parent.thread_ts:
            raise SlackError(Code.CANNOT_REPLY_TO_MESSAGE)
        return thread_ts

    def _own_message(self, arguments: Arguments, refusal: Code) -> Message:
        """Find a message the bot may change; ephemeral ones can only be reached through a response url."""
        conversation = self._visible(arguments.required("channel"))
        message = self._workspace.message(conversation.id, arguments.required("ts"))
        if message is None or message.ephemeral_to or message.is_tombstone:
            raise SlackError(Code.MESSAGE_NOT_FOUND)
        if message.user_id != self._workspace.app.bot_user_id:
            raise SlackError(refusal)
        return message


def _as_blocks(checked: object) -> list[JsonObject]:
    return checked if isinstance(checked, list) else []


def _cursor(user_id: str) -> str:
    return base64.b64encode(f"user:{user_id}".encode()).decode()


def _position(cursor: str, members: tuple[str, ...]) -> int:
    cursors = {_cursor(member): position for position, member in enumerate(members)}
    if cursor and cursor not in cursors:
        raise SlackError(Code.INVALID_CURSOR)
    return cursors.get(cursor, 0)
