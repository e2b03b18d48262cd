"""Block Kit's vocabulary: small functions that return Slack's JSON and never exceed Slack's limits."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from handlers.ids import ActionId
from models.rules.days import day_words

Block = dict[str, Any]
Element = dict[str, Any]

SECTION_LENGTH = 3000
BUTTON_LENGTH = 75
BUTTON_VALUE_LENGTH = 2000
OPTION_LENGTH = 75
OVERFLOW_COUNT = 5
MODAL_TITLE_LENGTH = 24
VIEW_BLOCKS = 100

_NOTE = "note"
_OF_A_MODAL = ("type", "callback_id", "title", "submit", "close", "private_metadata", "clear_on_close")
"""What a modal has beside its blocks, of all that Slack adds when it sends one back."""

_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_HARMLESS = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})  # noqa: RUF001 - look-alikes on purpose.
_FORMATTING = re.compile(r"(?<![^\W_])[*_~`]+|[*_~`]+(?![^\W_])")
_DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def escape(text: str) -> str:
    """Make user text safe inside mrkdwn: it can mention nobody, link nowhere and format nothing.

    Slack has no escape for its formatting characters, so where one could start or end a format it is replaced
    by a look-alike; inside a word, as in ``vendor_api``, it stays. White space becomes single spaces.
    """
    safe = _DIRECTION_CONTROLS.sub("", " ".join(text.split()))
    safe = _FORMATTING.sub(lambda found: found[0].translate(_HARMLESS), safe)
    for character, entity in _ENTITIES:
        safe = safe.replace(character, entity)
    return safe


def unescape(text: str) -> str:
    """Undo Slack's own escaping of what a person typed after a command."""
    for character, entity in reversed(_ENTITIES):
        text = text.replace(entity, character)
    return text


def shortened(text: str, length: int) -> str:
    """Shorten what is no mrkdwn to the length, with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def cut(text: str, length: int) -> str:
    """Shorten mrkdwn to the length, with an ellipsis, never in the middle of an entity or a token."""
    if len(text) <= length:
        return text
    shorter = text[: length - 1]
    for opening, closing in (("&", ";"), ("<", ">")):
        start = shorter.rfind(opening)
        if start > shorter.rfind(closing):
            shorter = shorter[:start]
    return shorter.rstrip() + "…"


def moment(at: datetime, *, weekday: bool = False) -> str:
    """Return a Slack date token: each reader sees the time in their own zone."""
    day = "{date_long}" if weekday else "{date_short_pretty}"
    return f"<!date^{int(at.timestamp())}^{day}, {{time}}|{day_words(at.date())}, {at:%H:%M} UTC>"


def day_of(at: datetime) -> str:
    """Return a token for the day alone: "today", or the date, for each reader in their own zone."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}}|{day_words(at.date())}>"


def day(on: date, today: date | None = None) -> str:
    """Return "22 Oct 2026", without the year where it is today's."""
    return day_words(on, today)


def plain(text: str, length: int = SECTION_LENGTH) -> dict[str, Any]:
    """Return a text object that Slack never formats."""
    return {"type": "plain_text", "text": shortened(text, length), "emoji": False}


def mrkdwn(text: str) -> dict[str, Any]:
    """Return a text object with our own formatting; ``verbatim`` keeps Slack from adding links of its own."""
    return {"type": "mrkdwn", "text": cut(text, SECTION_LENGTH), "verbatim": True}


def section(text: str, accessory: Element | None = None, block_id: str | None = None) -> Block:
    """Return a paragraph, with something to press beside it if given."""
    return _named(
        {"type": "section", "text": mrkdwn(text)} | ({"accessory": accessory} if accessory else {}), block_id
    )


def context(text: str, block_id: str | None = None) -> Block:
    """Return a line in small print."""
    return _named({"type": "context", "elements": [mrkdwn(text)]}, block_id)


def divider() -> Block:
    """Return a thin line."""
    return {"type": "divider"}


def quote(text: str) -> Block:
    """Return a person's longer text, over several lines and without any formatting."""
    words = {"type": "text", "text": shortened(text, SECTION_LENGTH)}
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [words]}]}


def preformatted(text: str) -> Block:
    """Return a text that keeps its lines, to be copied; nothing in it is formatted."""
    words = {"type": "text", "text": shortened(text, SECTION_LENGTH)}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [words]}]}


def actions(elements: Sequence[Element], block_id: str | None = None) -> Block:
    """Return a row of buttons."""
    return _named({"type": "actions", "elements": list(elements)}, block_id)


def button(
    label: str, action: ActionId, value: str = "", *, style: str | None = None, confirm: Element | None = None
) -> Element:
    """Return a button; ``style`` is "primary" or "danger"."""
    element: Element = {"type": "button", "text": plain(label, BUTTON_LENGTH), "action_id": action.value}
    if value:
        element["value"] = value
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    return element


def overflow(action: ActionId, choices: Iterable[Element]) -> Element:
    """Return the menu behind three dots; Slack shows five choices at most."""
    return {"type": "overflow", "action_id": action.value, "options": list(choices)[:OVERFLOW_COUNT]}


def confirmation(title: str, text: str, yes: str, no: str = "Cancel") -> Element:
    """Return the question before something that can't be undone."""
    return {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no)}


def option(label: str, value: str) -> Element:
    """Return one choice of a select."""
    return {"text": plain(label, OPTION_LENGTH), "value": value}


def modal(callback_id: str, title: str, blocks: Sequence[Block], *, submit: str, metadata: str) -> Block:
    """Return a modal view."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, MODAL_TITLE_LENGTH),
        "submit": plain(submit, MODAL_TITLE_LENGTH),
        "close": plain("Cancel", MODAL_TITLE_LENGTH),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }


def home(blocks: Sequence[Block], *, metadata: str = "") -> Block:
    """Return the app's Home for one person."""
    shown = list(blocks)[:VIEW_BLOCKS]
    return {"type": "home", "callback_id": "home", "private_metadata": metadata, "blocks": shown}


def notice(title: str, blocks: Sequence[Block]) -> Block:
    """Return a modal that only says something."""
    return {
        "type": "modal",
        "title": plain(title, MODAL_TITLE_LENGTH),
        "close": plain("Close", MODAL_TITLE_LENGTH),
        "blocks": list(blocks),
    }


def with_note(view: Mapping[str, Any], text: str) -> Block:
    """Return a modal of ours, as Slack sent it back, with a sentence above all else.

    What is typed stays, for the fields keep their names.
    """
    kept = {name: view[name] for name in _OF_A_MODAL if view.get(name)}
    rest = [block for block in view["blocks"] if block.get("block_id") != _NOTE]
    return {**kept, "blocks": [section(text, block_id=_NOTE), *rest]}


def link(url: str, label: str) -> str:
    """Return a link to an address of ours or Slack's; ``label`` is mrkdwn already."""
    return f"<{url.replace('&', '&amp;')}|{label}>"


def _named(block: Block, block_id: str | None) -> Block:
    return block | ({"block_id": block_id} if block_id else {})
