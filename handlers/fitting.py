"""Keeps an answer within what Slack takes in one message: the number of its blocks, and their text in all."""

from collections.abc import Sequence

from handlers.blocks import Block, context

MESSAGE_BLOCKS = 50
MESSAGE_TEXT = 10_500
"""Slack refuses a message whose blocks hold some 11,000 characters in all."""
_MORE = "… and more than fits into one message."


def fitting(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks as they are if they fit; else as many as do, with the buttons at their end."""
    # Written out, they are never shorter than what is read in them, and that is known at once.
    if len(blocks) <= MESSAGE_BLOCKS and (
        len(repr(blocks)) <= MESSAGE_TEXT or _text(list(blocks)) <= MESSAGE_TEXT
    ):
        return tuple(blocks)
    # Below the buttons there may be a line of small print.
    last = [number for number, block in enumerate(blocks[-2:]) if block.get("type") == "actions"]
    ending = list(blocks[-2:][last[-1] :]) if last else []
    blocks_left = MESSAGE_BLOCKS - len(ending) - 1
    text_left = MESSAGE_TEXT - _text(ending) - len(_MORE)
    kept: list[Block] = []
    for block in blocks[: len(blocks) - len(ending)][:blocks_left]:
        text_left -= _text(block)
        if text_left < 0:
            break
        kept.append(block)
    return (*kept, context(_MORE), *ending)


def _text(part: object) -> int:
    """Return how many characters a part of a message holds in all that is read in it."""
    match part:
        case list():
            return sum(map(_text, part))
        case dict():
            read = part.get("text")
            nested = (value for name, value in part.items() if name != "text" or not isinstance(read, str))
            return (len(read) if isinstance(read, str) else 0) + sum(map(_text, nested))
        case _:
            return 0
