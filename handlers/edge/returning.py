"""Lets a form remember the message in which it was asked for, so that what it changes shows there at once.

What Slack sends with a submitted form does not name that message; its address came with the click, and is
good for half an hour.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.answers import OpenModal, UpdateModal
from handlers.blocks import Block
from handlers.forms import Unreadable, metadata, pack

_KEY = "came_from"
_MOST = 3000
"""Characters that a form carries along."""

Body = Mapping[str, Any]


def address_in(body: Body) -> str | None:
    """Return the address at which the message that was clicked is answered, and may be replaced."""
    address = body.get("response_url")
    return address if isinstance(address, str) and address.startswith(("https://", "http://")) else None


def opened_from(answer: OpenModal, body: Body) -> OpenModal:
    """Return the form with the message that was clicked, where it has a place in it."""
    address = address_in(body)
    if not answer.place or address is None:
        return answer
    return replace(answer, view=_with(answer.view, {"at": address, "place": answer.place}))


def drawn_anew(answer: UpdateModal, body: Body) -> UpdateModal:
    """Return the form, drawn again, with the message that it remembers."""
    remembered = _remembered(body.get("view"))
    return replace(answer, view=_with(answer.view, remembered)) if remembered else answer


def message_of(body: Body) -> str | None:
    """Return the address of the message that a submitted form remembers."""
    return address_in({"response_url": _remembered(body.get("view")).get("at")})


def place_in(view: Mapping[str, Any]) -> str:
    """Return what stands in the message that a form remembers, "" where it remembers none."""
    return str(_remembered(view).get("place") or "")


def _remembered(view: object) -> Mapping[str, Any]:
    try:
        found = metadata(view).get(_KEY) if isinstance(view, Mapping) else None
    except Unreadable:
        return {}
    return found if isinstance(found, Mapping) else {}


def _with(view: Block, remembered: Mapping[str, Any]) -> Block:
    """Return the view carrying that along too, where there is room for it."""
    packed = pack({**metadata(view), _KEY: remembered})
    return {**view, "private_metadata": packed} if len(packed) <= _MOST else view
