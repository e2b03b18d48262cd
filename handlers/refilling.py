"""Names a field anew where a form that is drawn again says something else in it than the person sees there.

Slack keeps what stands in a field, typed or not, as long as the field is called the same, and ignores what
the form says in it by then. So what somebody else changed meanwhile would not be seen, and the next save
would undo it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from handlers.answers import FieldErrors, UpdateModal
from handlers.blocks import Block
from handlers.forms import SEPARATOR, TURN, Raw, block_ids, drawn, field_name, raw_values, reading

T = TypeVar("T")
_SEVERAL = frozenset({"checkboxes", "multi_static_select"})


def in_place_of(view: object, answer: T) -> T:
    """Return the answer to a form as it came back from Slack, with the fields called as they are to be there.

    Raises Unreadable.
    """
    if not isinstance(view, Mapping) or not view.get("blocks"):
        return answer
    with reading():
        match answer:
            case UpdateModal(view=fresh):
                return replace(answer, view=_refilled(fresh, view))
            case FieldErrors(errors=errors):
                names = block_ids(view)
                named = {names.get(field_name(name), name): text for name, text in errors.items()}
                return replace(answer, errors=named)
    return answer


def _refilled(fresh: Block, view: Mapping[str, Any]) -> Block:
    names, shown = block_ids(view), raw_values(view)
    return {**fresh, "blocks": [_named(block, names, shown) for block in fresh["blocks"]]}


def _named(block: Block, names: Mapping[str, str], shown: Mapping[str, Raw]) -> Block:
    """Call a field as it is called already, unless it says something else by now."""
    name = field_name(block.get("block_id", ""))
    if block["type"] != "input" or name not in names:
        return block
    is_kept = _is_said(block["element"], shown.get(name))
    return {**block, "block_id": names[name] if is_kept else _next(names[name])}


def _is_said(element: Mapping[str, Any], shown: Raw) -> bool:
    said = drawn(element)
    if element["type"] in _SEVERAL:
        return set((said or "").split(SEPARATOR)) == set((shown or "").split(SEPARATOR))
    return said == shown


def _next(block_id: str) -> str:
    name, _, turn = block_id.partition(TURN)
    return f"{name}{TURN}{int(turn or 0) + 1}"
