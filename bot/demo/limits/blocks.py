"""The blocks Slack knows, and what it refuses in each and in a list of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bot.demo.limits.checks import (
    Check,
    any_text,
    anything,
    boolean,
    both,
    by_type,
    fault,
    integer,
    listing,
    one_of,
    plain_text,
    record,
    string,
)
from bot.demo.limits.elements import IN_ACTIONS, IN_INPUT, IN_SECTION
from bot.demo.values import JsonObject

_MARKDOWN_IN_ALL = 12_000


def _block(name: str, required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    return record({"type": one_of(name), **required}, {"block_id": string(255), **optional})


def _text_or_fields(value: object, pointer: str) -> Iterator[str]:
    if isinstance(value, dict) and not value.get("text") and not value.get("fields"):
        yield fault("missing required field: text", pointer)


_STYLE = record(
    {},
    dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean),
)


def _inline(name: str, required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    return record({"type": one_of(name), **required}, {"style": _STYLE, **optional})


_INLINE = by_type(
    {
        "text": _inline("text", {"text": string(3000)}, {}),
        "link": _inline("link", {"url": string(3000)}, {"text": string(3000), "unsafe": boolean}),
        "user": _inline("user", {"user_id": string(255)}, {}),
        "channel": _inline("channel", {"channel_id": string(255)}, {}),
        "emoji": _inline("emoji", {"name": string(255)}, {"unicode": string(255)}),
        "date": _inline(
            "date",
            {"timestamp": integer(0, 2**53), "format": string(255)},
            {"url": string(3000), "fallback": string(255)},
        ),
        "broadcast": _inline("broadcast", {"range": one_of("here", "channel", "everyone")}, {}),
        "usergroup": anything,
        "color": anything,
        "team": anything,
    }
)
_MANY = 1000


def _rich(name: str, optional: Mapping[str, Check]) -> Check:
    return record({"type": one_of(name), "elements": listing(_INLINE, _MANY)}, optional)


_RICH_SECTION = _rich("rich_text_section", {})
_RICH_ELEMENT = by_type(
    {
        "rich_text_section": _RICH_SECTION,
        "rich_text_preformatted": _rich(
            "rich_text_preformatted", {"border": integer(0, 1), "language": string(255)}
        ),
        "rich_text_quote": _rich("rich_text_quote", {"border": integer(0, 1)}),
        "rich_text_list": record(
            {
                "type": one_of("rich_text_list"),
                "style": one_of("bullet", "ordered"),
                "elements": listing(_RICH_SECTION, _MANY, 1),
            },
            {"indent": integer(0, 8), "offset": integer(0, _MANY), "border": integer(0, 1)},
        ),
    }
)
_IMAGE_FIELDS: dict[str, Check] = {"image_url": string(3000), "slack_file": anything}
_CONTEXT_ELEMENT = by_type(
    {
        "plain_text": plain_text(3000),
        "mrkdwn": any_text(3000),
        "image": record({"type": one_of("image"), "alt_text": string(2000)}, _IMAGE_FIELDS),
    }
)

_BLOCKS: dict[str, Check] = {
    "header": _block("header", {"text": plain_text(150)}, {"level": integer(1, 4)}),
    "section": both(
        _block(
            "section",
            {},
            {
                "text": any_text(3000),
                "fields": listing(any_text(2000), 10, 1),
                "accessory": by_type(IN_SECTION),
                "expand": boolean,
            },
        ),
        _text_or_fields,
    ),
    "context": _block("context", {"elements": listing(_CONTEXT_ELEMENT, 10, 1)}, {}),
    "actions": _block("actions", {"elements": listing(by_type(IN_ACTIONS), 25, 1)}, {}),
    "divider": _block("divider", {}, {}),
    "input": _block(
        "input",
        {"label": plain_text(2000), "element": by_type(IN_INPUT)},
        {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": _block("rich_text", {"elements": listing(_RICH_ELEMENT, _MANY, 1)}, {}),
    "image": _block(
        "image",
        {"alt_text": string(2000)},
        {"title": plain_text(2000), **_IMAGE_FIELDS},
    ),
    "markdown": _block("markdown", {"text": string(_MARKDOWN_IN_ALL)}, {}),
    "table": _block(
        "table",
        {"rows": listing(listing(anything, 20), 100, 1)},
        {"column_settings": listing(anything, 20)},
    ),
    # Slack takes these too; the demo's page says that it does not know them.
    "video": anything,
    "file": anything,
    "context_actions": anything,
}


def block_faults(blocks: object, pointer: str, longest: int) -> Iterator[str]:
    """Find every fault in a list of blocks of which ``longest`` are allowed."""
    faults = list(listing(by_type(_BLOCKS), longest)(blocks, pointer))
    yield from faults
    if isinstance(blocks, list) and not faults:
        yield from _faults_among(blocks, pointer)


def _faults_among(blocks: list[JsonObject], pointer: str) -> Iterator[str]:
    """Find what is wrong only between blocks that are each right."""
    for position in _repeated(block.get("block_id") for block in blocks):
        name = blocks[position]["block_id"]
        yield fault(f"block_id `{name}` already exists", f"{pointer}/{position}/block_id")
    for position, block in enumerate(blocks):
        elements = block.get("elements") if block["type"] == "actions" else None
        for at in _repeated(element.get("action_id") for element in elements or []):
            where = f"{pointer}/{position}/elements/{at}/action_id"
            yield fault("action_id already exists in this block", where)
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > _MARKDOWN_IN_ALL:
        yield fault(f"markdown must be less than {_MARKDOWN_IN_ALL + 1} characters in all", pointer)


def _repeated(names: Iterable[str | None]) -> Iterator[int]:
    """Tell the positions of names that came before."""
    seen: Counter[str] = Counter()
    for position, name in enumerate(names):
        if name is not None:
            seen[name] += 1
            if seen[name] > 1:
                yield position
