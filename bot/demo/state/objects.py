"""People, conversations, messages and modals as Slack's JSON shows them."""

from uuid import NAMESPACE_OID, uuid5

from bot.demo.state.files import File
from bot.demo.state.state_values import state, with_offers
from bot.demo.state.typed_text import typed_blocks
from bot.demo.state.workspace import Workspace
from bot.demo.values import Conversation, ConversationKind, JsonObject, Message, OpenView, Person


def user_object(person: Person) -> JsonObject:
    """Return a person as ``users.info`` does; a client who shares a channel is no stranger to Slack."""
    first, _, last = person.real_name.partition(" ")
    return {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": False,
        "color": person.colour.lstrip("#"),
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": person.tz.rpartition("/")[2].replace("_", " "),
        "tz_offset": person.tz_offset,
        "profile": {
            "title": person.title,
            "real_name": person.real_name,
            "real_name_normalized": person.real_name,
            "display_name": person.real_name,
            "display_name_normalized": person.real_name,
            "first_name": first,
            "last_name": last,
            "team": person.team_id,
        },
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_guest or person.is_ultra_guest,
        "is_ultra_restricted": person.is_ultra_guest,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "is_stranger": False,
        "updated": 0,
    }


def conversation_object(conversation: Conversation, workspace: Workspace) -> JsonObject:
    """Return a conversation as ``conversations.info`` does."""
    app = workspace.app
    if conversation.kind is ConversationKind.IM:
        person_id = next(each for each in conversation.member_ids if each != app.bot_user_id)
        return {"id": conversation.id, "is_im": True, "is_archived": False, "user": person_id}
    is_private = conversation.kind is ConversationKind.PRIVATE
    topic = {"value": conversation.topic, "creator": "", "last_set": 0}
    return {
        "id": conversation.id,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": not is_private,
        "is_group": is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": is_private,
        "is_archived": conversation.is_archived,
        "is_general": conversation.is_general,
        "is_shared": conversation.is_ext_shared,
        "is_ext_shared": conversation.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "is_member": app.bot_user_id in conversation.member_ids,
        "context_team_id": workspace.team.id,
        "topic": topic,
        "purpose": {**topic, "value": ""},
    }


def message_object(message: Message, workspace: Workspace) -> JsonObject:
    """Return a message as the Web API and clicks show it."""
    author = workspace.person(message.user_id)
    shown: JsonObject = {
        "type": "message",
        "user": message.user_id,
        "ts": message.ts,
        "text": message.text,
        "team": author.team_id if author else workspace.team.id,
    }
    if message.user_id == workspace.app.bot_user_id and not message.subtype:
        shown |= {"bot_id": workspace.app.bot_id, "app_id": workspace.app.id}
    elif not message.subtype:
        shown["client_msg_id"] = str(uuid5(NAMESPACE_OID, message.conversation_id + message.ts))
        shown["blocks"] = typed_blocks(message.text)
    if message.subtype:
        shown["subtype"] = message.subtype
        del shown["team"]
    if message.inviter_id:
        shown["inviter"] = message.inviter_id
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.file_ids:
        files = filter(None, map(workspace.files.find, message.file_ids))
        shown |= {"subtype": "file_share", "files": [file_object(file) for file in files], "upload": False}
    if message.metadata:
        shown["metadata"] = message.metadata
    if message.edited:
        shown["edited"] = {"user": message.user_id, "ts": message.ts}
    if message.thread_ts or message.reply_count:
        shown["thread_ts"] = message.thread_ts or message.ts
    return shown


def file_object(file: File) -> JsonObject:
    """Return a file as messages show it, without the addresses that ask for permission to read files."""
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "user": file.user_id,
        "size": len(file.content),
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "alt_txt": file.alt_text,
    }


def view_object(opened: OpenView, workspace: Workspace, *, with_values: bool = True) -> JsonObject:
    """Return a view as the Web API and interactions show it; the home tab's has neither title nor buttons.

    ``team_id`` is the team of the person in front of it, who may be of another team than the app's. Without
    values it is as ``view_closed`` has it.
    """
    person, app, view = workspace.person(opened.user_id), workspace.app, opened.view
    is_modal = view["type"] == "modal"
    known = with_offers(view["blocks"], opened.offered)
    return {
        "id": opened.id,
        "team_id": person.team_id if person else workspace.team.id,
        "type": view["type"],
        "blocks": view["blocks"],
        "private_metadata": view.get("private_metadata", ""),
        "callback_id": view.get("callback_id", ""),
        "state": state(known, opened.values) if with_values else {"values": {}},
        "hash": opened.hash,
        "title": view["title"] if is_modal else {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": view.get("clear_on_close", False),
        "notify_on_close": view.get("notify_on_close", False),
        "close": view.get("close"),
        "submit": view.get("submit"),
        "previous_view_id": opened.previous_id,
        "root_view_id": opened.root_id,
        "app_id": app.id,
        "external_id": view.get("external_id", ""),
        "app_installed_team_id": workspace.team.id,
        "bot_id": app.bot_id,
    }


def channel_name_for_app(conversation: Conversation) -> str:
    """Return the name under which an app hears of the conversation; only public channels have their own."""
    names = {ConversationKind.IM: "directmessage", ConversationKind.PRIVATE: "privategroup"}
    return names.get(conversation.kind, conversation.name)


def installation(workspace: Workspace) -> JsonObject:
    """Return who the token belongs to, as ``auth.test`` does."""
    app = workspace.app
    return {
        "url": f"https://{workspace.team.domain}.slack.com/",
        "team": workspace.team.name,
        "user": app.name.lower(),
        "team_id": workspace.team.id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }
