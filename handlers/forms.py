"""Reads a modal's state: block by block, whatever kind of element stands there."""

import json
from collections.abc import Mapping
from typing import Any

from handlers.answers import FieldErrors

Raw = str | None


def raw_values(view: Mapping[str, Any]) -> dict[str, Raw]:
    """Return block id → what is filled in, or None. Our forms have one element a block."""
    state: Mapping[str, Mapping[str, Mapping[str, Any]]] = (view.get("state") or {}).get("values") or {}
    return {block_id: _raw(next(iter(elements.values()))) for block_id, elements in state.items() if elements}


def _raw(element: Mapping[str, Any]) -> Raw:
    option = element.get("selected_option")
    if isinstance(option, Mapping):
        return str(option["value"])
    found = element.get("value") or element.get("selected_user") or element.get("selected_date")
    return str(found) if found else None


def pack(carried: Mapping[str, Any]) -> str:
    """Return what a modal carries along as its private metadata."""
    return json.dumps(carried, separators=(",", ":"), ensure_ascii=False)


def metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the modal carries along; empty where it carries nothing."""
    text = view.get("private_metadata") or "{}"
    found = json.loads(text)
    return found if isinstance(found, dict) else {}


def beside_fields(
    problems: Mapping[str, str], view: Mapping[str, Any], names: Mapping[str, str]
) -> FieldErrors:
    """Put a service's sentences beside the modal's fields; what has no field there goes to the first.

    ``names`` says where the service's name for a field is not the block's.
    """
    shown = [str(block["block_id"]) for block in view["blocks"] if block["type"] == "input"]
    errors: dict[str, str] = {}
    for name, sentence in problems.items():
        wanted = names.get(name, name)
        errors[wanted if wanted in shown else shown[0]] = sentence
    return FieldErrors(errors)
