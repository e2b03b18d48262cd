"""What came in from Slack, read once into plain values."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from handlers.blocks import BUTTON_VALUE_LENGTH
from handlers.forms import reading, slack_id, slack_id_or_none
from handlers.typed.text import read_text
from models.value import Value

_RECEIPT_LENGTH = 200


class Ask(Value):
    """Who is asking, from where; shared by commands, clicks and submitted modals.

    ``team_id`` is the installation's team; ``home_team_id`` the person's own, None where Slack does not say.
    In a channel shared with another company they differ.
    """

    enterprise_id: str
    team_id: str
    home_team_id: str | None
    user_id: str
    channel_id: str | None
    trigger_id: str
    receipt: str


class Click(Ask):
    """A button pressed or a choice made, in a message, in a modal (``view``) or on the person's ``home``."""

    action_id: str
    value: str
    view: Mapping[str, Any] | None = None
    home: Mapping[str, Any] | None = None


class Chosen(Ask):
    """A shortcut chosen: on a message, with its text and address, or anywhere."""

    text: str = ""
    permalink: str | None = None


class Looking(Ask):
    """Somebody types in a select that asks what it has on offer."""

    text: str


class Submission(Ask):
    """A modal sent."""

    view: Mapping[str, Any]


class Happening(Ask):
    """Something that Slack tells us of its own accord; ``user_id`` is whom it is about, "" for nobody.

    ``receipt`` is the event's id, which survives its being delivered again.
    """

    event: Mapping[str, Any]
    bot_user_id: str | None

    @reading()
    def text(self, name: str) -> str:
        """Return a text of the event that must be there. Raises Unreadable."""
        found = self.event[name]
        if not isinstance(found, str):
            raise TypeError(name)
        return found

    @reading()
    def part(self, name: str) -> Mapping[str, Any]:
        """Return an object of the event that must be there. Raises Unreadable."""
        found = self.event[name]
        if not isinstance(found, Mapping):
            raise TypeError(name)
        return found


@reading()
def read_command(body: Mapping[str, Any], context: BoltContext) -> Ask:
    """Read a slash command. Raises Unreadable, as they all do."""
    return Ask(
        **_installation(context),
        home_team_id=slack_id_or_none(body.get("team_id")),
        user_id=slack_id(body["user_id"]),
        channel_id=slack_id_or_none(body.get("channel_id")),
        trigger_id=_receipt(body["trigger_id"]),
        receipt=body["trigger_id"],
    )


@reading()
def read_click(body: Mapping[str, Any], context: BoltContext) -> Click:
    """Read a block action."""
    action = body["actions"][0]
    chosen = action.get("selected_option") or {}
    channel = body.get("channel") or {}
    view = _view(body["view"]) if body.get("view") else None
    is_home = view is not None and view.get("type") == "home"
    return Click(
        **_person(body, context),
        channel_id=slack_id_or_none(channel.get("id")),
        trigger_id=_receipt(body["trigger_id"]),
        receipt=body["trigger_id"],
        action_id=_receipt(action["action_id"]),
        value=_value(action.get("value") or chosen.get("value") or ""),
        view=None if is_home else view,
        home=view if is_home else None,
    )


@reading()
def read_shortcut(body: Mapping[str, Any], context: BoltContext) -> Chosen:
    """Read a shortcut; only one on a message knows of a channel."""
    channel = body.get("channel") or {}
    message = body.get("message") or {}
    return Chosen(
        **_person(body, context),
        channel_id=slack_id_or_none(channel.get("id")),
        trigger_id=_receipt(body["trigger_id"]),
        receipt=body["trigger_id"],
        text=read_text(str(message.get("text") or "")),
        permalink=_permalink(context, channel["id"], message) if message else None,
    )


def _permalink(context: BoltContext, channel_id: str, message: Mapping[str, Any]) -> str | None:
    """Return the message's address as Slack makes it; None where Slack did not say where its pages are."""
    home = context.authorize_result and context.authorize_result.url
    if not home:
        return None
    ts, thread = str(message["ts"]), message.get("thread_ts")
    address = f"{home.rstrip('/')}/archives/{channel_id}/p{ts.replace('.', '')}"
    return address if thread in (None, ts) else f"{address}?thread_ts={thread}&cid={channel_id}"


@reading()
def read_looking(body: Mapping[str, Any], context: BoltContext) -> Looking:
    """Read what is typed in a select; it can open nothing, and changes nothing. Raises Unreadable."""
    return Looking(
        **_person(body, context),
        channel_id=None,
        trigger_id="",
        receipt="",
        text=str(body.get("value") or ""),
    )


@reading()
def read_submission(body: Mapping[str, Any], context: BoltContext) -> Submission:
    """Read a submitted modal; its view id survives validation errors, so it names the whole attempt."""
    view = _view(body["view"])
    return Submission(
        **_person(body, context),
        channel_id=None,
        trigger_id=body.get("trigger_id", ""),
        receipt=_receipt(view["id"]),
        view=view,
    )


def pressed_again(asked: Ask, action_id: str, value: str) -> Click:
    """Return what whoever asks in a modal pressed before, to see the same once more."""
    return Click(
        enterprise_id=asked.enterprise_id,
        team_id=asked.team_id,
        home_team_id=asked.home_team_id,
        user_id=asked.user_id,
        channel_id=None,
        trigger_id=asked.trigger_id,
        receipt=asked.receipt,
        action_id=action_id,
        value=value,
    )


@reading()
def read_happening(body: Mapping[str, Any], context: BoltContext) -> Happening:
    """Read an event."""
    event = body["event"]
    user = event.get("user")
    channel = event.get("channel")
    return Happening(
        **_installation(context),
        home_team_id=None,
        user_id=user if isinstance(user, str) else "",
        channel_id=channel if isinstance(channel, str) else None,
        trigger_id="",
        receipt=_receipt(body["event_id"]),
        event=event,
        bot_user_id=context.bot_user_id,
    )


def _person(body: Mapping[str, Any], context: BoltContext) -> dict[str, Any]:
    """Return who did something, and for which installation."""
    user = body["user"]
    return {
        **_installation(context),
        "home_team_id": slack_id_or_none(user.get("team_id")),
        "user_id": slack_id(user["id"]),
    }


def _receipt(value: object) -> str:
    """Return what names a delivery."""
    if not isinstance(value, str) or not 0 < len(value) <= _RECEIPT_LENGTH:
        raise ValueError(type(value))
    return value


def _value(value: object) -> str:
    """Return what a button or an option carries: a longer one Slack would not have taken from us."""
    if not isinstance(value, str) or len(value) > BUTTON_VALUE_LENGTH:
        raise ValueError(type(value))
    return value


def _view(view: object) -> Mapping[str, Any]:
    """Return a view that has all that we gave it."""
    if not isinstance(view, Mapping) or not all(isinstance(block, Mapping) for block in view["blocks"]):
        raise TypeError(type(view))
    return view


def _installation(context: BoltContext) -> dict[str, str]:
    result = context.authorize_result
    if result is None or result.team_id is None:
        return {"enterprise_id": context.enterprise_id or "", "team_id": context.team_id or ""}
    return {"enterprise_id": result.enterprise_id or "", "team_id": result.team_id}
