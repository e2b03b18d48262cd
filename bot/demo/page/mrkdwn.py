"""Slack's mrkdwn as HTML: what is not formatting comes out escaped, whatever it holds."""

import re
from itertools import groupby
from typing import Protocol

from markupsafe import Markup, escape

from bot.demo.page.emoji import emoji

_PREFORMATTED = re.compile(r"```\n?(.*?)\n?```\n?", re.DOTALL)
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_TOKEN = re.compile(r"<([^<>\n]+)>")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_TRAILING = re.compile(r"[.,;:!?'\")\]]+$")
_LOUD = {"channel", "here", "everyone"}


def _pair(mark: str, name: str) -> str:
    """Match text between two marks that stand at word boundaries; a token inside is passed over whole."""
    inside = rf"(?:<[^<>\n]*>|<(?![^<>\n]*>)|[^<\n{mark}])"
    return rf"(?<![\w{mark}]){mark}(?=\S)(?P<{name}>{inside}+?)(?<=\S){mark}(?![\w{mark}])"


_INLINE = re.compile(
    "|".join(
        (
            r"`(?P<code>[^`\n]+)`",
            r"<(?P<token>[^<>\n]+)>",
            _pair(r"\*", "strong"),
            _pair("_", "em"),
            _pair("~", "s"),
            r"(?P<url>https?://(?:(?!&[lg]t;)[^\s<>|`])+)",
            r":(?P<emoji>[a-z0-9_+-]+):",
        )
    )
)


class Names(Protocol):
    """What the writer's ids and instants mean to the person who reads."""

    def mention(self, user_id: str) -> Markup:
        """Draw a person's name."""

    def channel(self, conversation_id: str, label: str) -> Markup:
        """Draw a channel's name."""

    def local(self, unix: int, template: str) -> str:
        """Fill a date token's template for the reader's zone."""


def mrkdwn(text: str, names: Names, *, verbatim: bool = False) -> Markup:
    """Draw the text; ``verbatim`` leaves bare addresses alone."""
    pieces: list[Markup] = []
    for index, part in enumerate(_PREFORMATTED.split(text)):
        if index % 2:
            pieces.append(Markup("<pre>{}</pre>").format(_literal(part, names)))
        elif part:
            pieces.append(_prose(part, names, verbatim=verbatim))
    return Markup("").join(pieces)


def plain(text: str, *, with_emoji: bool = False) -> Markup:
    """Draw text that is never formatted, apart from emoji short names where the writer asked for them."""
    if not with_emoji:
        return escape(text)
    pieces = re.split(r"(:[a-z0-9_+-]+:)", text)
    return Markup("").join(emoji(piece.strip(":")) or escape(piece) for piece in pieces)


def link(url: str, label: Markup) -> Markup:
    """Draw a link, or only its words when the address could run something."""
    if not _SAFE_LINK.match(url):
        return label
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def broadcast(who: str) -> Markup:
    """Draw a mention that notifies everybody, so that nobody overlooks it."""
    return Markup('<span class="mention mention-loud">@{}</span>').format(who)


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _words(text: str) -> Markup:
    return escape(_unescaped(text))


def _prose(text: str, names: Names, *, verbatim: bool) -> Markup:
    pieces = []
    for quoted, lines in groupby(text.split("\n"), key=lambda line: bool(_QUOTE.match(line))):
        drawn = Markup("<br>").join(
            _inline(_QUOTE.sub("", line) if quoted else line, names, verbatim=verbatim) for line in lines
        )
        pieces.append(Markup("<blockquote>{}</blockquote>").format(drawn) if quoted else drawn)
    return Markup("").join(pieces)


def _inline(text: str, names: Names, *, verbatim: bool) -> Markup:
    pieces: list[Markup] = []
    position = 0
    while found := _INLINE.search(text, position):
        kind = str(found.lastgroup)
        pieces.append(_words(text[position : found.start()]))
        drawn = _formatted(kind, found[kind], names, verbatim=verbatim)
        if drawn is None:
            # An unknown name stays as typed, and its second colon may begin a known one.
            pieces.append(_words(text[found.start()]))
            position = found.start() + 1
            continue
        pieces.append(drawn)
        position = found.end()
    pieces.append(_words(text[position:]))
    return Markup("").join(pieces)


def _formatted(kind: str, inside: str, names: Names, *, verbatim: bool) -> Markup | None:
    match kind:
        case "code":
            return Markup("<code>{}</code>").format(_literal(inside, names))
        case "token":
            return _token(inside, names)
        case "url":
            return _bare_link(inside, verbatim=verbatim)
        case "emoji":
            return emoji(inside)
        case _:
            drawn = _inline(inside, names, verbatim=verbatim)
            return Markup("<{0}>{1}</{0}>").format(kind, drawn)


def _literal(text: str, names: Names) -> Markup:
    """Draw code: its tokens are resolved, nothing else is formatted."""
    pieces = _TOKEN.split(text)
    return Markup("").join(_token(p, names) if i % 2 else _words(p) for i, p in enumerate(pieces))


def _bare_link(text: str, *, verbatim: bool) -> Markup:
    if verbatim:
        return _words(text)
    address = _TRAILING.sub("", text)
    return link(_unescaped(address), _words(address)) + _words(text[len(address) :])


def _token(token: str, names: Names) -> Markup:
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return names.mention(target[1:])
    if target.startswith("#"):
        return names.channel(target[1:], label)
    if target.startswith("!"):
        return _date(target, label, names) if target.startswith("!date^") else _special(target[1:], label)
    if _SAFE_LINK.match(target):
        return link(_unescaped(target), _words(label or target.removeprefix("mailto:")))
    return _words(f"<{token}>")


def _special(name: str, label: str) -> Markup:
    if name in _LOUD:
        return broadcast(name)
    return Markup('<span class="mention">{}</span>').format(_unescaped(label or f"!{name}"))


def _date(target: str, fallback: str, names: Names) -> Markup:
    _, unix, template, *address = [*target.split("^"), "", ""][:4]
    try:
        shown = names.local(int(unix), template)
    except (ValueError, OverflowError, OSError):
        return _words(fallback or f"<{target}>")
    words = Markup('<time title="{}">{}</time>').format(_unescaped(fallback), shown)
    return link(_unescaped(address[0]), words) if address and address[0] else words
