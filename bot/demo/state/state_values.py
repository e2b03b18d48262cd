"""From what a person typed and chose to ``state.values``, exactly as Slack sends it for each element."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from bot.demo.state.block_ids import Placed, placed_elements
from bot.demo.values import JsonObject, Offered, RawValue, RawValues
from models.value import Value


class _Shape(Enum):
    PLAIN = auto()
    OPTION = auto()
    OPTIONS = auto()
    IDS = auto()


class _Kind(Value):
    """How an element's value is called in ``state`` and in the block, and what shape it has."""

    state_key: str
    initial_key: str
    shape: _Shape


_KINDS = {
    "plain_text_input": _Kind("value", "initial_value", _Shape.PLAIN),
    "number_input": _Kind("value", "initial_value", _Shape.PLAIN),
    "email_text_input": _Kind("value", "initial_value", _Shape.PLAIN),
    "url_text_input": _Kind("value", "initial_value", _Shape.PLAIN),
    "timepicker": _Kind("selected_time", "initial_time", _Shape.PLAIN),
    "multi_static_select": _Kind("selected_options", "initial_options", _Shape.OPTIONS),
    "multi_users_select": _Kind("selected_users", "initial_users", _Shape.IDS),
    "users_select": _Kind("selected_user", "initial_user", _Shape.PLAIN),
    "conversations_select": _Kind("selected_conversation", "initial_conversation", _Shape.PLAIN),
    "datepicker": _Kind("selected_date", "initial_date", _Shape.PLAIN),
    "external_select": _Kind("selected_option", "initial_option", _Shape.OPTION),
    "static_select": _Kind("selected_option", "initial_option", _Shape.OPTION),
    "radio_buttons": _Kind("selected_option", "initial_option", _Shape.OPTION),
    "checkboxes": _Kind("selected_options", "initial_options", _Shape.OPTIONS),
}
_MOMENTARY = {"overflow": "selected_option"}  # Chosen from, but it keeps no state.


class UnknownChoice(Exception):
    """The chosen value is not among the element's options."""


def keeps_state(element: JsonObject) -> bool:
    """Tell whether the element has a value that stays."""
    return element["type"] in _KINDS


def initial_raw(element: JsonObject) -> RawValue:
    """Return the raw value an element shows before the person touches it."""
    kind = _KINDS[element["type"]]
    initial = element.get(kind.initial_key)
    if kind.shape is _Shape.OPTIONS:
        return [option["value"] for option in initial or []]
    if kind.shape is _Shape.IDS:
        return list(initial or [])
    if kind.shape is _Shape.OPTION:
        return str(initial["value"]) if initial else None
    return initial or None


def current_raw(placed: Placed, values: RawValues) -> RawValue:
    """Return the raw value an element shows now."""
    typed = values.get(placed.block_id, {})
    return typed[placed.action_id] if placed.action_id in typed else initial_raw(placed.element)


def chosen(element: JsonObject, raw: RawValue) -> JsonObject:
    """Return the part of an action or of the state that says what is chosen in the element.

    Raises UnknownChoice when an option of that value is not on offer.
    """
    if element["type"] in _MOMENTARY:
        return {_MOMENTARY[element["type"]]: _option(element, raw)}
    kind = _KINDS[element["type"]]
    if kind.shape is _Shape.OPTIONS:
        wanted = raw if isinstance(raw, list) else []
        return {kind.state_key: [_option(element, value) for value in wanted]}
    if kind.shape is _Shape.IDS:
        return {kind.state_key: list(raw) if isinstance(raw, list) else []}
    if kind.shape is _Shape.OPTION:
        return {kind.state_key: _option(element, raw) if raw else None}
    return {kind.state_key: raw or None}


def state(blocks: Sequence[JsonObject], values: RawValues) -> JsonObject:
    """Return ``{"values": …}`` for all elements that keep a value."""
    answer: dict[str, JsonObject] = {}
    for placed in placed_elements(blocks):
        if keeps_state(placed.element):
            value = chosen(placed.element, current_raw(placed, values))
            answer.setdefault(placed.block_id, {})[placed.action_id] = {
                "type": placed.element["type"],
                **value,
            }
    return {"values": answer}


def with_typed(blocks: Sequence[JsonObject], before: RawValues, shown: RawValues) -> RawValues:
    """Return what the person changed, given what they had changed before and what their form shows now.

    An input that still shows its initial value is not a change. Raises UnknownChoice.
    """
    typed = {block_id: dict(actions) for block_id, actions in before.items()}
    for placed in placed_elements(blocks):
        on_form = shown.get(placed.block_id, {})
        if not keeps_state(placed.element) or placed.action_id not in on_form:
            continue
        raw = on_form[placed.action_id]
        if chosen(placed.element, raw) != chosen(placed.element, current_raw(placed, before)):
            typed.setdefault(placed.block_id, {})[placed.action_id] = raw
    return typed


def with_offers(blocks: Sequence[JsonObject], offered: Offered) -> list[JsonObject]:
    """Return the blocks in which external selects list what the bot has suggested so far."""
    known = []
    for block in blocks:
        element = block.get("element") or {}
        options = offered.get(block["block_id"], {}).get(element.get("action_id", ""), {})
        listed = {**block, "element": {**element, "options": list(options.values())}}
        known.append(listed if element.get("type") == "external_select" else block)
    return known


def still_fitting(before: Sequence[JsonObject], after: Sequence[JsonObject], values: RawValues) -> RawValues:
    """Keep what the inputs show that are still there, by block id, action id and type.

    Slack keeps it whether somebody typed it or the form said so at first; what the form says now shows only
    in an input that was never filled in.
    """
    shown = {(each.block_id, each.action_id): each for each in placed_elements(before)}
    kept: RawValues = {}
    for placed in placed_elements(after):
        was = shown.get((placed.block_id, placed.action_id))
        if was is None or was.element["type"] != placed.element["type"] or not keeps_state(was.element):
            continue
        raw = current_raw(was, values)
        is_typed = was.action_id in values.get(was.block_id, {})
        if (raw or is_typed) and _is_offered(placed.element, raw):
            kept.setdefault(placed.block_id, {})[placed.action_id] = raw
    return kept


def _is_offered(element: JsonObject, raw: RawValue) -> bool:
    try:
        chosen(element, raw)
    except UnknownChoice:
        return False
    return True


def options_of(element: JsonObject) -> Iterator[JsonObject]:
    """Yield the options on offer, and the one that was chosen to begin with."""
    yield from element.get("options") or []
    for group in element.get("option_groups") or []:
        yield from group["options"]
    if element.get("initial_option"):
        yield element["initial_option"]


def _option(element: JsonObject, value: RawValue) -> JsonObject:
    for option in options_of(element):
        if option["value"] == value:
            return dict(option)
    message = f"{element['type']} offers no {value!r}"
    raise UnknownChoice(message)
