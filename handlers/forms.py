"""Reads a modal's state: block by block, whatever kind of element stands there."""

import json
from collections.abc import Mapping
from typing import Any

Raw = str | None


def raw_values(view: Mapping[str, Any]) -> dict[str, Raw]:
    """Return block id → what is filled in, None where nothing is. One element a block, as our forms have it."""
    state: Mapping[str, Mapping[str, Mapping[str, Any]]] = (view.get("state") or {}).get("values") or {}
    return {block_id: _raw(next(iter(elements.values()))) for block_id, elements in state.items() if elements}


def _raw(element: Mapping[str, Any]) -> Raw:
    option = element.get("selected_option")
    if isinstance(option, Mapping):
        return str(option["value"])
    found = element.get("value") or element.get("selected_user") or element.get("selected_date")
    return str(found) if found else None


def metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the modal carries along; empty where it carries nothing."""
    text = view.get("private_metadata") or "{}"
    found = json.loads(text)
    return found if isinstance(found, dict) else {}
