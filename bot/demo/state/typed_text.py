"""The rich text block that Slack adds to what a person types."""

import re
from html import unescape

from bot.demo.values import JsonObject

_TOKEN = re.compile(
    r"<@(?P<user>[UW]\w+)>|<#(?P<channel>C\w+)(?:\|[^>]*)?>"
    r"|<!(?P<range>here|channel|everyone)>|<(?P<url>https?://[^>|]+)>"
)


def typed_blocks(text: str) -> list[JsonObject]:
    """Return the text, escaped as Slack stores it, as its one block."""
    pieces, end = [], 0
    for match in _TOKEN.finditer(text):
        pieces += [*_plain(text[end : match.start()]), _special(match)]
        end = match.end()
    section = {"type": "rich_text_section", "elements": [*pieces, *_plain(text[end:])]}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _plain(text: str) -> list[JsonObject]:
    return [{"type": "text", "text": unescape(text)}] if text else []


def _special(match: re.Match[str]) -> JsonObject:
    if match["user"]:
        return {"type": "user", "user_id": match["user"]}
    if match["channel"]:
        return {"type": "channel", "channel_id": match["channel"]}
    if match["range"]:
        return {"type": "broadcast", "range": match["range"]}
    return {"type": "link", "url": unescape(match["url"])}
