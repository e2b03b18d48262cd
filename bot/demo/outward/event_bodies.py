"""The inner events, field by field as Slack sends them, each with its subscription and the scope it needs."""

from collections.abc import Callable

from bot.demo.state.happenings import Happening, What
from bot.demo.state.objects import message_object, user_object, view_object
from bot.demo.state.workspace import Workspace
from bot.demo.values import Conversation, ConversationKind, JsonObject
from models.value import Value

_KINDS = {
    # How the kind of a conversation is called in subscriptions, scopes and events.
    ConversationKind.CHANNEL: ("channels", "channel", "C"),
    ConversationKind.PRIVATE: ("groups", "group", "G"),
    ConversationKind.IM: ("im", "im", "D"),
}


class InnerEvent(Value):
    """What the app is to hear if it subscribed to ``subscription`` and its token has ``scope``."""

    subscription: str
    scope: str
    body: JsonObject


def inner_event(happening: Happening, workspace: Workspace) -> InnerEvent | None:
    """Word what happened; None when it is nothing of which the app may hear."""
    wording = _WORDINGS[happening.what]
    is_hidden = happening.conversation is not None and not _is_visible(happening, workspace)
    return None if is_hidden else wording(happening, workspace)


def _is_visible(happening: Happening, workspace: Workspace) -> bool:
    """Tell whether the app may know: as a member, or of a public channel's opening and closing."""
    conversation, bot = happening.conversation, workspace.app.bot_user_id
    if conversation is None or bot in conversation.member_ids:
        return True
    if happening.what is What.LEFT and happening.person is not None and happening.person.id == bot:
        return True
    public = conversation.kind is ConversationKind.CHANNEL
    return public and happening.what in {What.ARCHIVED, What.UNARCHIVED}


def _conversation(happening: Happening) -> Conversation:
    if happening.conversation is None:
        msg = f"{happening.what} happens in a conversation"
        raise ValueError(msg)
    return happening.conversation


def _now(workspace: Workspace) -> str:
    return f"{workspace.clock():.6f}"


def _message(happening: Happening, workspace: Workspace) -> InnerEvent | None:
    conversation, message = _conversation(happening), happening.message
    if message is None:
        return None
    plural, kind, _ = _KINDS[conversation.kind]
    shown = message_object(message, workspace)
    where: JsonObject = {"channel": conversation.id, "channel_type": kind}
    if happening.what is What.POSTED:
        body = {**shown, **where, "event_ts": message.ts}
    else:
        at = _now(workspace)
        changed: JsonObject = {"type": "message", "hidden": True, "ts": at, "event_ts": at, **where}
        before = message_object(happening.before or message, workspace)
        if happening.what is What.EDITED:
            body = changed | {"subtype": "message_changed", "message": shown, "previous_message": before}
        else:
            body = changed | {
                "subtype": "message_deleted",
                "deleted_ts": message.ts,
                "previous_message": before,
            }
    return InnerEvent(f"message.{plural}", f"{plural}:history", body)


def _membership(happening: Happening, workspace: Workspace) -> InnerEvent | None:
    conversation, person = _conversation(happening), happening.person
    if person is None:
        return None
    plural, _, letter = _KINDS[conversation.kind]
    joined = happening.what is What.JOINED
    name = "member_joined_channel" if joined else "member_left_channel"
    body: JsonObject = {
        "type": name,
        "user": person.id,
        "channel": conversation.id,
        "channel_type": letter,
        "team": person.team_id,
        "event_ts": _now(workspace),
    }
    if joined and happening.by is not None:
        body["inviter"] = happening.by.id
    return InnerEvent(name, f"{plural}:read", body)


def _archive(happening: Happening, workspace: Workspace) -> InnerEvent:
    conversation = _conversation(happening)
    plural, kind, _ = _KINDS[conversation.kind]
    name = f"{kind}_{'archive' if happening.what is What.ARCHIVED else 'unarchive'}"
    body: JsonObject = {
        "type": name,
        "channel": conversation.id,
        "user": happening.by.id if happening.by else "",
        "is_moved": 0,
        "event_ts": _now(workspace),
    }
    return InnerEvent(name, f"{plural}:read", body)


def _shared(happening: Happening, workspace: Workspace) -> InnerEvent:
    conversation = _conversation(happening)
    plural, _, _ = _KINDS[conversation.kind]
    body: JsonObject = {"channel": conversation.id, "event_ts": _now(workspace)}
    if happening.what is What.SHARED:
        body |= {"type": "channel_shared", "connected_team_id": happening.word}
    else:
        body |= {
            "type": "channel_unshared",
            "previously_connected_team_id": happening.word,
            "is_ext_shared": conversation.is_ext_shared,
        }
    return InnerEvent(body["type"], f"{plural}:read", body)


def _person_changed(happening: Happening, workspace: Workspace) -> InnerEvent | None:
    if happening.person is None:
        return None
    body: JsonObject = {
        "type": "user_change",
        "user": user_object(happening.person),
        "cache_ts": int(workspace.clock()),
        "event_ts": _now(workspace),
    }
    return InnerEvent("user_change", "users:read", body)


def _home_opened(happening: Happening, workspace: Workspace) -> InnerEvent | None:
    if happening.person is None:
        return None
    body: JsonObject = {
        "type": "app_home_opened",
        "user": happening.person.id,
        "channel": _conversation(happening).id,
        "tab": happening.word,
        "event_ts": _now(workspace),
    }
    published = workspace.homes.of(happening.person.id)
    if published is not None and happening.word == "home":
        body["view"] = view_object(published, workspace)
    return InnerEvent("app_home_opened", "", body)


_WORDINGS: dict[What, Callable[[Happening, Workspace], InnerEvent | None]] = {
    What.POSTED: _message,
    What.EDITED: _message,
    What.DELETED: _message,
    What.JOINED: _membership,
    What.LEFT: _membership,
    What.ARCHIVED: _archive,
    What.UNARCHIVED: _archive,
    What.SHARED: _shared,
    What.UNSHARED: _shared,
    What.PERSON_CHANGED: _person_changed,
    What.HOME_OPENED: _home_opened,
}
