"""What people typed, made fit to be kept: nothing that a database refuses or a reader cannot see."""

import re
import unicodedata
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.commands import TEXT_LENGTH
from models.errors import Invalid

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff]")
"""Control characters, which Postgres or Slack refuse in part, and halves of a character."""

_FORMAT = "Cf"
"""Unicode's category of what joins or directs other characters, such as a space of no width."""

_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+")
"""Visible ASCII without what would end a link or a quotation: < > | " ` and such."""


def clean(text: str) -> str:
    """Return a longer text without unseen characters and without space around it; its lines stay.

    Characters that only join or direct others stay among those, and are nothing by themselves.
    """
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    seen = _UNSEEN.sub("", unified).strip()
    return seen if seen.isascii() or any(map(_shows, seen)) else ""


def _shows(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) != _FORMAT


def clean_line(text: str) -> str:
    """Return a text as a single line, with single spaces."""
    return " ".join(clean(text).split())


def too_long(text: str, longest: int) -> Iterator[str]:
    """Yield what to say beside a field that holds too much, if it does."""
    if len(text) > longest:
        yield f"Keep it to {longest:,} characters; this has {len(text):,}."


def checked_reason(reason: str, missing: str = "") -> str:
    """Return a reason as it is kept; ``missing`` says what is wrong with none at all. Raises Invalid."""
    cleaned = clean(reason)
    if missing and not cleaned:
        raise Invalid({"reason": missing})
    for problem in too_long(cleaned, TEXT_LENGTH):
        raise Invalid({"reason": problem})
    return cleaned


def is_address(text: str, longest: int) -> bool:
    """Tell whether this is an address of the web that can stand in a message's link."""
    return len(text) <= longest and _ADDRESS.fullmatch(text) is not None


def is_zone(name: str) -> bool:
    """Tell whether there is a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
