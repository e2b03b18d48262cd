"""Lets a form remember where it was asked for, so that what it changes shows there at once.

What Slack sends with a submitted form does not name the message; its address came with the click, and is
good for half an hour. Of a modal below the form Slack sends its id and nothing of what it says.
"""

from collections.abc import Mapping
from typing import Any

from handlers.answers import Answer, OpenModal, UpdateModal, shown_by
from handlers.blocks import Block
from handlers.forms import Unreadable, metadata, pack
from handlers.ids import ActionId
from models.value import Value, replace

_KEY = "came_from"
_SHOWS = "shows"
_BEHIND = "behind"
_MOST = 3000
"""Characters that a form carries along."""

Body = Mapping[str, Any]

DRAWN_ANEW = frozenset(
    {
        ActionId.RISK_DETAILS,
        ActionId.RAID_DETAILS,
        ActionId.PROJECT_SHOW,
        ActionId.TEAM_SHOW,
        ActionId.PLAN_SHOW,
        ActionId.MOOD_LIST,
        ActionId.STATUS_SHOW,
        ActionId.SURVEY_SHOW,
        ActionId.SURVEY_LIST,
        ActionId.CONTACT_LIST,
        ActionId.CONTACT_WHOM,
        ActionId.RETRO_SHOW,
        ActionId.RITUAL_SHOW,
        ActionId.AGENDA_SHOW,
    }
)
"""Buttons that only show something: what they showed is drawn anew by pressing them once more."""

CHANGES_AT_ONCE = frozenset(
    {
        ActionId.ACTION_DONE,
        ActionId.RISK_REVIEW,
        ActionId.RISK_NEXT,
        ActionId.RISK_APPROVE,
        ActionId.SURVEY_CONTACTED,
        ActionId.SURVEY_NOT_CONTACTED,
        ActionId.SURVEY_WITHDRAW,
        ActionId.SURVEY_RESUME,
        ActionId.CONTACT_NEXT,
        ActionId.CONTACT_RESTORE,
        ActionId.TOPIC_REMOVE,
    }
)
"""Buttons that change what they stand in, without a form, and say so in a message of their own."""


class Behind(Value):
    """What a form was asked for in: what shows it, and the modal or else the message in which it stands."""

    action: str
    value: str
    view_id: str = ""
    address: str = ""


def shown_in(notice: Block, body: Body) -> Block:
    """Return a modal that shows something, with the button that was pressed for it."""
    match body:
        case {"actions": [{"action_id": str(name), **button}, *_]} if name in DRAWN_ANEW:
            return _with(notice, _SHOWS, {"action": name, "value": str(button.get("value") or "")})
    return notice


def on_top_of(view: Block, below: object) -> Block:
    """Return a form, which opens on that modal, with what the modal shows."""
    if not isinstance(below, Mapping):
        return view
    shows = _remembered(below, _SHOWS)
    return _with(view, _BEHIND, {**shows, "view_id": str(below.get("id"))}) if shows else view


def behind(body: Body) -> Behind | None:
    """Return what a submitted form was asked for in, where that can be drawn anew."""
    match _remembered(body.get("view"), _BEHIND):
        case {"action": str(name), "value": str(value), **place} if name in DRAWN_ANEW:
            address = address_in({"response_url": place.get("at")})
            return Behind(name, value, view_id=str(place.get("view_id") or ""), address=address or "")
    return None


def address_in(body: Body) -> str | None:
    """Return the address at which the message that was clicked is answered, and may be replaced."""
    address = body.get("response_url")
    return address if isinstance(address, str) and address.startswith(("https://", "http://")) else None


def opened_from(answer: OpenModal, body: Body) -> OpenModal:
    """Return the form with the message that was clicked, where that can be drawn anew."""
    address = address_in(body)
    if address is None:
        return answer
    if answer.place:
        return replace(answer, view=_with(answer.view, _KEY, {"at": address, "place": answer.place}))
    if (shown := clicked_in(body)) is not None:
        remembered = {"at": address, "action": shown.action, "value": shown.value}
        return replace(answer, view=_with(answer.view, _BEHIND, remembered))
    return answer


def clicked_in(body: Body) -> Behind | None:
    """Return what the message that was clicked shows, where that can be drawn anew."""
    address = address_in(body)
    match body:
        case {"actions": [{"block_id": str(name)}, *_]} if address and (shows := shown_by(name)):
            return Behind(*shows, address=address) if shows[0] in DRAWN_ANEW else None
    return None


def changed_by(body: Body, told: Answer) -> Behind | None:
    """Return what shows a change that a click made: the message clicked, or what lies behind a modal."""
    match body:
        case {"actions": [{"action_id": str(name)}, *_]} if name in CHANGES_AT_ONCE and not told.replaces:
            return clicked_in(body) or behind(body)
    return behind(body)


def drawn_anew(answer: UpdateModal, body: Body) -> UpdateModal:
    """Return the form, drawn again, with all that it remembers."""
    view = answer.view
    for key in (_KEY, _BEHIND):
        if remembered := _remembered(body.get("view"), key):
            view = _with(view, key, remembered)
    return replace(answer, view=view)


def message_of(body: Body) -> str | None:
    """Return the address of the message that a submitted form remembers."""
    return address_in({"response_url": _remembered(body.get("view"), _KEY).get("at")})


def place_in(view: Mapping[str, Any]) -> str:
    """Return what stands in the message that a form remembers, "" where it remembers none."""
    return str(_remembered(view, _KEY).get("place") or "")


def _remembered(view: object, key: str) -> Mapping[str, Any]:
    try:
        found = metadata(view).get(key) if isinstance(view, Mapping) else None
    except Unreadable:
        return {}
    return found if isinstance(found, Mapping) else {}


def _with(view: Block, key: str, remembered: Mapping[str, Any]) -> Block:
    """Return the view carrying that along too, where there is room for it."""
    packed = pack({**metadata(view), key: remembered})
    return {**view, "private_metadata": packed} if len(packed) <= _MOST else view
