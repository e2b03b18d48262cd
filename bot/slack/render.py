"""A post as Slack's blocks, within Slack's limits."""

import re
from collections.abc import Iterator, Sequence

from handlers import blocks as draw
from handlers.blocks import Block
from handlers.ids import ActionId
from scheduled.posts import MOST_TEXT, Button, ButtonStyle, Line, Post, Quote, Section, Small, Text

SUMMARY_LENGTH = 4000
SMALL_LENGTH = 2000
MOST_BUTTONS = 25
MOST_BLOCKS = 50

ELLIPSIS = "…"
_WHOLE = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);|.[\ufe0f\u0300-\u036f]*(?:\u200d.[\ufe0f]*)*", re.DOTALL)
"""What must not be cut in two: a mention or link, an entity, a character with what belongs to it."""


def summary(post: Post) -> str:
    """Return the text that a notification shows."""
    return shorten(post.summary, SUMMARY_LENGTH)


def blocks(post: Post) -> list[Block]:
    """Return the message's blocks; what is too long for Slack ends with an ellipsis."""
    drawn = list(_sections(post.sections[: MOST_BLOCKS - 1]))
    if post.buttons:
        buttons = [_button(button) for button in post.buttons[:MOST_BUTTONS]]
        drawn.append(draw.actions(buttons))
    return [block | {"block_id": f"{block['type']}-{place}"} for place, block in enumerate(drawn)]


def shorten(text: str, limit: int) -> str:
    """Cut the text to so many UTF-16 units, as Slack counts, never within an entity or a mention."""
    if _length(text) <= limit:
        return text
    kept: list[str] = []
    left = limit - _length(ELLIPSIS)
    for found in _WHOLE.finditer(text):
        left -= _length(found[0])
        if left < 0:
            break
        kept.append(found[0])
    return "".join(kept).rstrip() + ELLIPSIS


def _length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _sections(sections: Sequence[Section]) -> Iterator[Block]:
    left = MOST_TEXT
    for section in sections:
        if left <= 0:
            return
        text = shorten(
            section.text, min(left, SMALL_LENGTH if isinstance(section, Small) else draw.SECTION_LENGTH)
        )
        left -= _length(text)
        if text:
            yield _section(section, text)


def _section(section: Section, text: str) -> Block:
    if isinstance(section, Text):
        return draw.section(text)
    if isinstance(section, Quote):
        return draw.quote(text)
    if isinstance(section, Line):
        return draw.section(text, _button(section.button))
    return draw.context(text)


def _button(button: Button) -> Block:
    return draw.button(
        shorten(button.label, draw.BUTTON_LENGTH),
        ActionId(button.intent.value),
        " ".join(filter(None, [str(button.entity_id or ""), button.detail])),
        style=None if button.style is ButtonStyle.PLAIN else button.style.value,
    )
