"""Reads what people see: the words and the buttons of messages and modals."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.demo.values import Message, OpenView, RawValue, RawValues

_PARTS = ("text", "label", "fields", "elements", "element", "accessory", "options", "initial_option")


def _texts(part: object) -> Iterator[str]:
    """Walk through everything that has a text, in the order people read it."""
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for name in _PARTS:
            if not isinstance(part.get(name), str):
                yield from _texts(part.get(name))


def _buttons(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in blocks:
        accessory = [block["accessory"]] if "accessory" in block else []
        for element in [*block.get("elements", []), *accessory]:
            if element.get("type") == "button":
                yield block["block_id"], element


def words(message: Message) -> str:
    """Return all that a message says, block by block."""
    return "\n".join(text for block in message.blocks for text in _texts(block)) or message.text


def modal_words(view: OpenView) -> str:
    """Return all that a modal says."""
    return "\n".join(text for block in view.view["blocks"] for text in _texts(block))


def labels(message: Message) -> list[str]:
    """Return the buttons' labels."""
    return [str(element["text"]["text"]) for _, element in _buttons(message.blocks)]


def button_named(blocks: list[dict[str, Any]], label: str) -> tuple[str, str]:
    """Return a button's block id and action id."""
    for block_id, element in _buttons(blocks):
        if element["text"]["text"] == label:
            return block_id, element["action_id"]
    msg = f"no button {label!r} among {json.dumps(blocks)[:2000]}"
    raise AssertionError(msg)


def field_of(view: OpenView, name: str) -> dict[str, Any]:
    """Return the block of the modal's field of that name, however often it was drawn anew."""
    return _fields(view)[_bare(name)]


def inputs(view: OpenView) -> dict[str, str]:
    """Return field → action id of a modal's inputs."""
    return {name: block["element"]["action_id"] for name, block in _fields(view).items()}


def raw_values(view: OpenView, typed: Mapping[str, RawValue]) -> RawValues:
    """Return what the page would send: what was typed in the fields, by block and action."""
    found = {name: field_of(view, name) for name in typed}
    return {
        found[name]["block_id"]: {found[name]["element"]["action_id"]: raw} for name, raw in typed.items()
    }


def option_value(view: OpenView, name: str, text: str) -> str:
    """Return what an input sends for the option whose text starts so."""
    options = field_of(view, name)["element"]["options"]
    return next(str(option["value"]) for option in options if option["text"]["text"].startswith(text))


def _fields(view: OpenView) -> dict[str, dict[str, Any]]:
    blocks = (block for block in view.view["blocks"] if block["type"] == "input")
    return {_bare(block["block_id"]): block for block in blocks}


def _bare(block_id: str) -> str:
    return block_id.partition("~")[0]
