"""Methods about the app itself, people and conversations."""

import base64

from bot.demo.api.access import Access
from bot.demo.api.arguments import Arguments
from bot.demo.api.method import Method
from bot.demo.errors import Code, SlackError
from bot.demo.outward.sockets import Sockets
from bot.demo.state.objects import conversation_object, installation, user_object
from bot.demo.state.workspace import Workspace
from bot.demo.values import ConversationKind, JsonObject

_MOST_MEMBERS = 1_000
_KINDS = {"public_channel": ConversationKind.CHANNEL, "private_channel": ConversationKind.PRIVATE}


class ConversationMethods:
    """Who and where."""

    def __init__(self, workspace: Workspace, access: Access, sockets: Sockets) -> None:
        """Take the state, what the bot may see of it, and the connections that the bot may open."""
        self._workspace = workspace
        self._access = access
        self._sockets = sockets

    def methods(self) -> dict[str, Method]:
        """Return the methods by name."""
        return {
            "auth.test": Method(self._auth_test, frozenset(), a_minute=100),
            "apps.connections.open": Method(self._connections_open, frozenset()),
            "users.info": Method(self._users_info, frozenset({"user"}), "users:read", a_minute=100),
            "conversations.info": Method(self._conversations_info, frozenset({"channel"})),
            "conversations.open": Method(self._conversations_open, frozenset({"users"}), "im:write"),
            "users.conversations": Method(
                self._users_conversations, frozenset({"types", "cursor", "limit"}), "channels:read"
            ),
            "conversations.members": Method(
                self._conversations_members, frozenset({"channel", "cursor", "limit"}), a_minute=100
            ),
        }

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
        conversation = self._access.readable(arguments.required("channel"))
        return {"channel": conversation_object(conversation, self._workspace)}

    def _conversations_open(self, arguments: Arguments) -> JsonObject:
        """Open the direct message with one person; it may be open already. A group's needs another scope."""
        users = arguments.text("users")
        if not users:
            raise SlackError(Code.USERS_LIST_NOT_SUPPLIED)
        if "," in users:
            self._access.require_scope("mpim:write")
        person = self._workspace.person(users)
        if person is None:
            raise SlackError(Code.USER_NOT_FOUND)
        direct = self._workspace.direct_message(person.id)
        if direct is None:
            raise SlackError(Code.CANNOT_DM_BOT)
        return {"no_op": True, "already_open": True, "channel": {"id": direct.id}}

    def _users_conversations(self, arguments: Arguments) -> JsonObject:
        """List the channels that the bot is in, archived ones too."""
        wanted = {_KINDS[each] for each in arguments.text("types").split(",") if each in _KINDS}
        if ConversationKind.PRIVATE in wanted:
            self._access.require_scope("groups:read")
        mine = self._workspace.conversations_of(self._workspace.app.bot_user_id)
        found = {each.id: each for each in mine if each.kind in wanted}
        limit = arguments.number("limit", 100)
        if not 1 <= limit <= _MOST_MEMBERS:
            raise SlackError(Code.INVALID_LIMIT)
        start = _position(arguments.text("cursor"), tuple(found))
        page, rest = [*found][start : start + limit], [*found][start + limit :]
        return {
            "channels": [conversation_object(found[each], self._workspace) for each in page],
            "response_metadata": {"next_cursor": _cursor(rest[0]) if rest else ""},
        }

    def _conversations_members(self, arguments: Arguments) -> JsonObject:
        conversation = self._access.readable(arguments.required("channel"))
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


def _cursor(user_id: str) -> str:
    return base64.b64encode(f"user:{user_id}".encode()).decode()


def _position(cursor: str, members: tuple[str, ...]) -> int:
    cursors = {_cursor(member): position for position, member in enumerate(members)}
    if cursor and cursor not in cursors:
        raise SlackError(Code.INVALID_CURSOR)
    return cursors.get(cursor, 0)
