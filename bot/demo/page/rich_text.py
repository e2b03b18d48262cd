"""Slack's rich text blocks as HTML."""

from typing import Any, Protocol

from markupsafe import Markup, escape

from bot.demo.page.emoji import emoji
from bot.demo.page.mrkdwn import Names, broadcast, link

# A rich text element is JSON whose shape its type field decides.
Element = dict[str, Any]

_STYLES = (("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "s"))


class Drawing(Protocol):
    """Draws one element of a rich text block."""

    def __call__(self, element: Element, names: Names, /) -> Markup:
        """Return the element's HTML."""


def rich_text(block: Element, names: Names) -> Markup:
    """Draw the whole block."""
    return Markup("").join(_container(element, names) for element in block["elements"])


def unknown(kind: str) -> Markup:
    """Draw what the demo workspace does not know, so that nobody takes it for nothing."""
    return Markup('<span class="unknown">not known here: {}</span>').format(kind)


def _container(element: Element, names: Names) -> Markup:
    drawing = _CONTAINERS.get(element["type"])
    return drawing(element, names) if drawing else unknown(element["type"])


def _inside(element: Element, names: Names) -> Markup:
    return Markup("").join(_styled(piece, names) for piece in element["elements"])


def _section(element: Element, names: Names) -> Markup:
    return Markup('<div class="rich-section">{}</div>').format(_inside(element, names))


def _quote(element: Element, names: Names) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(_inside(element, names))


def _preformatted(element: Element, names: Names) -> Markup:
    return Markup("<pre>{}</pre>").format(_inside(element, names))


def _list(element: Element, names: Names) -> Markup:
    tag = "ol" if element.get("style") == "ordered" else "ul"
    items = Markup("").join(
        Markup("<li>{}</li>").format(_inside(item, names)) for item in element["elements"]
    )
    return Markup('<{0} class="indent-{1}" start="{2}">{3}</{0}>').format(
        tag, int(element.get("indent", 0)), int(element.get("offset", 0)) + 1, items
    )


_CONTAINERS: dict[str, Drawing] = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
}


def _styled(element: Element, names: Names) -> Markup:
    drawn = _leaf(element, names)
    for style, tag in _STYLES:
        if element.get("style", {}).get(style):
            drawn = Markup("<{0}>{1}</{0}>").format(tag, drawn)
    return drawn


def _leaf(element: Element, names: Names) -> Markup:
    drawing = _LEAVES.get(element["type"])
    return drawing(element, names) if drawing else unknown(element["type"])


def _date(element: Element, names: Names) -> Markup:
    return escape(names.local(int(element["timestamp"]), element["format"]))


_LEAVES: dict[str, Drawing] = {
    "text": lambda element, _: escape(element["text"]),
    "user": lambda element, names: names.mention(element["user_id"]),
    "channel": lambda element, names: names.channel(element["channel_id"], ""),
    "broadcast": lambda element, _: broadcast(element["range"]),
    "link": lambda element, _: link(element["url"], escape(element.get("text") or element["url"])),
    "emoji": lambda element, _: emoji(element["name"]) or escape(f":{element['name']}:"),
    "date": _date,
}
