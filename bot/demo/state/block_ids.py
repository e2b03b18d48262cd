"""Blocks as Slack keeps them: with the ids and defaults it fills in, and the elements found in them."""

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from bot.demo.values import JsonObject
from models.value import Value


class Placed(Value):
    """An element and the block it stands in."""

    block: JsonObject
    element: JsonObject

    @property
    def block_id(self) -> str:
        """Return the block's id, which Slack fills in where the bot gave none."""
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        """Return the element's id, which Slack fills in where the bot gave none."""
        return str(self.element["action_id"])

    @property
    def is_input(self) -> bool:
        """Tell whether the element is the one of an input block."""
        return bool(self.block["type"] == "input")

    @property
    def dispatches(self) -> bool:
        """Tell whether the bot hears of the element at once: in an input block only if it asked to."""
        return not self.is_input or bool(self.block.get("dispatch_action"))


def filled_in(blocks: Sequence[JsonObject]) -> list[JsonObject]:
    """Copy the blocks with the ids and text defaults that Slack adds."""
    copies = [_with_text_defaults(block) for block in blocks]
    for block in copies:
        if not block.get("block_id"):
            block["block_id"] = _fresh_id()
        for element in _elements_of(block):
            if not element.get("action_id"):
                element["action_id"] = _fresh_id()
    return copies


def placed_elements(blocks: Sequence[JsonObject]) -> Iterator[Placed]:
    """Find every interactive element."""
    for block in blocks:
        for element in _elements_of(block):
            yield Placed(block, element)


def find_element(blocks: Sequence[JsonObject], block_id: str, action_id: str) -> Placed | None:
    """Find the element with these ids."""
    wanted = (block_id, action_id)
    return next((each for each in placed_elements(blocks) if (each.block_id, each.action_id) == wanted), None)


def _elements_of(block: JsonObject) -> list[JsonObject]:
    """List the interactive elements of one block; an image beside a section is none."""
    match block["type"]:
        case "input":
            return [block["element"]]
        case "actions":
            return list(block["elements"])
        case "section" if block.get("accessory") and block["accessory"]["type"] != "image":
            return [block["accessory"]]
    return []


def _with_text_defaults(value: Any) -> Any:  # noqa: ANN401 - a walk through JSON meets every type there is.
    if isinstance(value, list):
        return [_with_text_defaults(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    copy = {name: _with_text_defaults(entry) for name, entry in value.items() if entry is not None}
    if copy.get("type") == "plain_text":
        copy.setdefault("emoji", True)
    elif copy.get("type") == "mrkdwn":
        copy.setdefault("verbatim", False)
    return copy


def _fresh_id() -> str:
    return secrets.token_urlsafe(4)[:5]
