"""What Slack refuses in a message."""

import json
from collections.abc import Iterator

from bot.demo.errors import Code, SlackError
from bot.demo.limits.blocks import block_faults
from bot.demo.values import JsonObject

_BLOCKS_A_MESSAGE = 50
_TEXT_OF_ALL_BLOCKS = 11_000  # Slack documents no figure; messages were seen to fail from about here.
_METADATA_BYTES = 16_384


def check_message(text: str, blocks: object, longest_text: int = 40_000) -> None:
    """Raise SlackError unless Slack would take this text with these blocks."""
    if blocks is not None and not isinstance(blocks, list):
        raise SlackError(Code.INVALID_BLOCKS_FORMAT, ["must provide an array [json-pointer:/blocks]"])
    if not text.strip() and not blocks:
        raise SlackError(Code.NO_TEXT)
    if len(text) > longest_text:
        raise SlackError(Code.MSG_TOO_LONG)
    faults = list(block_faults(blocks or [], "/blocks", _BLOCKS_A_MESSAGE))
    if faults:
        raise SlackError(Code.INVALID_BLOCKS, faults)
    if sum(map(len, _texts(blocks))) > _TEXT_OF_ALL_BLOCKS:
        raise SlackError(Code.MSG_BLOCKS_TOO_LONG)


def _texts(value: object) -> Iterator[str]:
    """Walk through every ``text`` string in the blocks."""
    if isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, dict):
        for name, entry in value.items():
            if name == "text" and isinstance(entry, str):
                yield entry
            else:
                yield from _texts(entry)


def check_metadata(metadata: object) -> JsonObject | None:
    """Return the message metadata, or raise SlackError where Slack would refuse it."""
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise SlackError(Code.INVALID_METADATA_FORMAT)
    if not isinstance(metadata["event_type"], str) or not isinstance(metadata["event_payload"], dict):
        raise SlackError(Code.INVALID_METADATA_SCHEMA)
    if len(json.dumps(metadata).encode()) > _METADATA_BYTES:
        raise SlackError(Code.METADATA_TOO_LARGE)
    return metadata
