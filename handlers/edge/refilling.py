"""Names a field anew where a form that is drawn again says something else in it than the person sees there.

Slack keeps what stands in a field, typed or not, as long as the field is called the same, and ignores what
the form says in it by then. So what somebody else changed meanwhile would not be seen, and the next save
would undo it.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from handlers.answers import FieldErrors, UpdateModal
from handlers.blocks import Block
from handlers.forms import SEPARATOR, TURN, Raw, block_ids, drawn, field_name, raw_values, reading
from models.value import Value, replace

T = TypeVar("T")
_SEVERAL = frozenset({"checkboxes", "multi_static_select"})


class Standing(Value):
    """How the fields of a form are called as it stands, and what the person sees in them."""

    names: Mapping[str, str]
    renamed: Mapping[str, str]
    shown: Mapping[str, Raw]

    def answered(self, answer: T) -> T:
        """Return the answer to the form, with its fields called as they are to be there."""
        match answer:
            case UpdateModal(view=fresh):
                blocks = [self._named(block) for block in fresh["blocks"]]
                return replace(answer, view={**fresh, "blocks": blocks})
            case FieldErrors(errors=errors):
                named = {self.names.get(field_name(name), name): text for name, text in errors.items()}
                return replace(answer, errors=named)
        return answer

    def _named(self, block: Block) -> Block:
        """Call a field as it is called already, unless it says something else by now."""
        name = field_name(block.get("block_id", ""))
        if block["type"] != "input" or name not in self.names:
            return block
        is_kept = _is_said(block["element"], self.shown.get(name))
        return {**block, "block_id": (self.names if is_kept else self.renamed)[name]}


_NO_FORM = Standing({}, {}, {})


def read_standing(view: object) -> Standing:
    """Return how a form stands, as Slack sent it back: read before anything is done about it.

    Raises Unreadable.
    """
    if not isinstance(view, Mapping) or not view.get("blocks"):
        return _NO_FORM
    with reading():
        names = block_ids(view)
        renamed = {name: _next(block_id) for name, block_id in names.items()}
        return Standing(names, renamed, raw_values(view))


def _is_said(element: Mapping[str, Any], shown: Raw) -> bool:
    said = drawn(element)
    if element["type"] in _SEVERAL:
        return set((said or "").split(SEPARATOR)) == set((shown or "").split(SEPARATOR))
    return said == shown


def _next(block_id: str) -> str:
    name, _, turn = block_id.partition(TURN)
    return f"{name}{TURN}{int(turn or 0) + 1}"
