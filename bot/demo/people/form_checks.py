"""What Slack's own client refuses before it sends a modal: what is missing, too long or no such thing."""

import re
from collections.abc import Callable, Sequence

from bot.demo.state.block_ids import Placed, placed_elements
from bot.demo.state.state_values import current_raw, keeps_state
from bot.demo.values import JsonObject, RawValue, RawValues

REQUIRED = "Please complete this required field."


def form_errors(blocks: Sequence[JsonObject], values: RawValues) -> dict[str, str]:
    """Return the sentence to show beside each input that cannot be sent as it is, by block id."""
    inputs = [each for each in placed_elements(blocks) if each.is_input and keeps_state(each.element)]
    found = {each.block_id: _error(each, values) for each in inputs}
    return {block_id: error for block_id, error in found.items() if error}


def _error(placed: Placed, values: RawValues) -> str | None:
    raw = current_raw(placed, values)
    if not raw or (isinstance(raw, str) and not raw.strip()):
        return None if placed.block.get("optional") else REQUIRED
    check = _CHECKS.get(placed.element["type"])
    return check(placed.element, raw) if check else None


def _text(element: JsonObject, raw: RawValue) -> str | None:
    least, most = element.get("min_length") or 0, element.get("max_length") or 3000
    length = len(raw or "")
    if length < least:
        return f"Please enter at least {least} characters."
    return f"Please enter no more than {most} characters." if length > most else None


def _number(element: JsonObject, raw: RawValue) -> str | None:
    if not _NUMBER.fullmatch(str(raw)):
        return "Please enter a number."
    number = float(str(raw))
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _email(_element: JsonObject, raw: RawValue) -> str | None:
    return None if _EMAIL.fullmatch(str(raw)) else "Please enter a valid email address."


def _url(_element: JsonObject, raw: RawValue) -> str | None:
    return None if _URL.fullmatch(str(raw)) else "Please enter a valid URL, with http:// or https://."


def _several(element: JsonObject, raw: RawValue) -> str | None:
    most = element.get("max_selected_items", len(raw or []))
    return f"Please choose no more than {most}." if len(raw or []) > most else None


_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_URL = re.compile(r"https?://[^\s/]+\S*")
_CHECKS: dict[str, Callable[[JsonObject, RawValue], str | None]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "multi_static_select": _several,
    "multi_users_select": _several,
}
