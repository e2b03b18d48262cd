"""What is filled in and chosen in a form, as Block Kit has it, within Slack's limits."""

from collections.abc import Collection, Iterable
from datetime import date

from handlers.blocks import Block, Element, plain

OPTION_COUNT = 100

FIELD_WORDS_LENGTH = 2000
"""Letters that Slack takes of a field's label, and of its hint."""


def select(
    action_id: str, choices: Iterable[Element], *, placeholder: str, chosen: str | None = None
) -> Element:
    """Return a select with the chosen value preselected, if it is among the choices."""
    options = list(choices)[:OPTION_COUNT]
    element: Element = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "options": options,
    }
    initial = next((choice for choice in options if choice["value"] == chosen), None)
    return element | ({"initial_option": initial} if initial else {})


def multi_select(
    action_id: str, choices: Iterable[Element], *, placeholder: str, chosen: Collection[str]
) -> Element:
    """Return a select of which several can be chosen."""
    options = list(choices)[:OPTION_COUNT]
    element: Element = {
        "type": "multi_static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "options": options,
    }
    initial = [choice for choice in options if choice["value"] in chosen]
    return element | ({"initial_options": initial} if initial else {})


def external_select(action_id: str, *, placeholder: str, chosen: Element | None = None) -> Element:
    """Return a select that asks what it has on offer: when it is opened, and for what is typed."""
    element: Element = {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "min_query_length": 0,
    }
    return element | ({"initial_option": chosen} if chosen else {})


def radio(action_id: str, choices: Iterable[Element], *, chosen: str | None) -> Element:
    """Return radio buttons with the chosen one pressed, if it is among the choices."""
    options = list(choices)
    element: Element = {"type": "radio_buttons", "action_id": action_id, "options": options}
    initial = next((choice for choice in options if choice["value"] == chosen), None)
    return element | ({"initial_option": initial} if initial else {})


def checkboxes(action_id: str, choices: Iterable[Element], *, chosen: Collection[str]) -> Element:
    """Return boxes to tick, with the chosen ones ticked."""
    options = list(choices)
    element: Element = {"type": "checkboxes", "action_id": action_id, "options": options}
    initial = [choice for choice in options if choice["value"] in chosen]
    return element | ({"initial_options": initial} if initial else {})


OWN_TEAM = "Somebody of your own team"
"""What stands in a select of people where guests and clients are refused: Slack cannot leave them out."""


def person_select(action_id: str, *, placeholder: str, chosen: str | None = None) -> Element:
    """Return a select of people; ``chosen`` is a Slack user id."""
    element: Element = {"type": "users_select", "action_id": action_id, "placeholder": plain(placeholder)}
    return element | ({"initial_user": chosen} if chosen else {})


def channel_select(
    action_id: str, *, placeholder: str, chosen: str | None = None, shared: bool = True
) -> Element:
    """Return a select of the channels that the person sees; ``shared`` lets in those with another company."""
    only: Element = {"include": ["public", "private"], "exclude_bot_users": True}
    if not shared:
        only["exclude_external_shared_channels"] = True
    element: Element = {
        "type": "conversations_select",
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "filter": only,
    }
    return element | ({"initial_conversation": chosen} if chosen else {})


def date_picker(action_id: str, *, placeholder: str, chosen: date | None = None) -> Element:
    """Return a date picker."""
    element: Element = {"type": "datepicker", "action_id": action_id, "placeholder": plain(placeholder)}
    return element | ({"initial_date": chosen.isoformat()} if chosen else {})


def time_picker(action_id: str, *, placeholder: str, chosen: str = "") -> Element:
    """Return a picker of a time such as "15:00"."""
    element: Element = {"type": "timepicker", "action_id": action_id, "placeholder": plain(placeholder)}
    return element | ({"initial_time": chosen} if chosen else {})


def text_input(
    action_id: str, *, max_length: int, placeholder: str = "", text: str = "", multiline: bool = False
) -> Element:
    """Return a text field."""
    element: Element = {"type": "plain_text_input", "action_id": action_id, "max_length": max_length}
    if multiline:
        element["multiline"] = True
    if placeholder:
        element["placeholder"] = plain(placeholder)
    return element | ({"initial_value": text[:max_length]} if text else {})


def field(
    block_id: str, label: str, element: Element, *, hint: str = "", optional: bool = True, live: bool = False
) -> Block:
    """Return a labelled input; ``live`` tells the bot of each choice at once."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, FIELD_WORDS_LENGTH),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, FIELD_WORDS_LENGTH)
    if live:
        block["dispatch_action"] = True
    return block
