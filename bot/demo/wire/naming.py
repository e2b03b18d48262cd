"""What an exchange is called in the panel, and whom or which conversation it is about."""

from enum import StrEnum

from bot.demo.values import JsonObject
from models.value import Value

_LONGEST = 80


class Sort(StrEnum):
    """What goes between Slack and the bot."""

    COMMAND = "command"
    INTERACTION = "interaction"
    EVENT = "event"
    CALL = "call"
    REPLY = "reply"


class Named(Value):
    """An exchange's sort, its kind in Slack's own word, what it is in particular, and the ids it is about."""

    sort: Sort
    kind: str
    what: str = ""
    about: tuple[str, ...] = ()


def told(content: object) -> Named:
    """Name what Slack tells the bot: a command, an interaction or an event."""
    fields: JsonObject = content if isinstance(content, dict) else {}
    if "command" in fields:
        typed = f"{fields['command']} {fields.get('text', '')}".strip()
        about = _ids(fields.get("user_id"), fields.get("channel_id"))
        return Named(Sort.COMMAND, "command", typed[:_LONGEST], about)
    if "event" in fields:
        return _event(fields["event"])
    payload = fields.get("payload", fields)
    if isinstance(payload, dict) and "user" in payload:
        return _interaction(payload)
    return Named(Sort.EVENT, str(fields.get("type", "request")))


def called(method: str, content: object) -> Named:
    """Name a call of the Web API."""
    fields: JsonObject = content if isinstance(content, dict) else {}
    about = _ids(fields.get("user") or fields.get("user_id"), fields.get("channel"))
    view = fields.get("view")
    what = str(view.get("callback_id", "")) if isinstance(view, dict) else ""
    return Named(Sort.CALL, method, what, about)


def replied(content: object) -> Named:
    """Name an answer through a response url."""
    fields: JsonObject = content if isinstance(content, dict) else {}
    does = next((name for name in ("delete_original", "replace_original") if fields.get(name)), "")
    return Named(Sort.REPLY, "response_url", does)


def _event(event: JsonObject) -> Named:
    user = event.get("user")
    who = user.get("id") if isinstance(user, dict) else user
    what = str(event.get("subtype") or event.get("tab") or event.get("channel_type") or "")
    return Named(Sort.EVENT, str(event["type"]), what, _ids(who, event.get("channel")))


def _interaction(payload: JsonObject) -> Named:
    actions = payload.get("actions") or [{}]
    view, channel = payload.get("view") or {}, payload.get("channel") or {}
    what = actions[0].get("action_id") or payload.get("callback_id") or view.get("callback_id") or ""
    about = _ids(payload["user"].get("id"), channel.get("id"))
    return Named(Sort.INTERACTION, str(payload.get("type", "")), str(what), about)


def _ids(*found: object) -> tuple[str, ...]:
    return tuple(each for each in found if isinstance(each, str) and each)
