"""What Slack sends of a modal of ours that nobody has typed in."""

from collections.abc import Mapping
from typing import Any

from handlers.blocks import Block

_DRAWN = "initial_"


def inputs(view: Block) -> list[str]:
    """Return the fields that a modal shows, in order."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def untouched(view: Block) -> Block:
    """Return the modal with what it shows as what is filled in."""
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    filled = {each["block_id"]: {each["element"]["action_id"]: _value(each["element"])} for each in fields}
    return {**view, "state": {"values": filled}}


def _value(element: Mapping[str, Any]) -> dict[str, Any]:
    shown = {key.removeprefix(_DRAWN): each for key, each in element.items() if key.startswith(_DRAWN)}
    return {key if key == "value" else f"selected_{key}": each for key, each in shown.items()}
