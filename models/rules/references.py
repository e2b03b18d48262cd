"""Project keys such as ``ACME`` and references such as ``ACME-R12``."""

import re
from enum import StrEnum

from models.value import Value, replace

KEY_PATTERN = re.compile(r"[A-Z][A-Z0-9]{1,9}")
KEY_LENGTH = 10
_WORD = re.compile(r"[A-Za-z0-9]+")


class Marker(StrEnum):
    """The letters that tell in a reference what kind of record it names."""

    RISK = "R"
    ISSUE = "I"
    ASSUMPTION = "A"
    DEPENDENCY = "DEP"
    DECISION = "DEC"

    @property
    def thing(self) -> str:
        """The kind of record as people read it, such as "risk"."""
        return self.name.lower()

    @property
    def a_thing(self) -> str:
        """The same with its article, such as "an issue"."""
        return f"{'an' if self.thing[0] in 'ai' else 'a'} {self.thing}"


_REFERENCE = re.compile(
    rf"(?:(?P<key>[A-Z][A-Z0-9]{{1,9}})-)?(?P<marker>{'|'.join(Marker)})(?P<number>[1-9][0-9]{{0,8}})",
    re.IGNORECASE | re.ASCII,
)
_BARE_NUMBER = re.compile(r"(?P<sign>#?)(?P<number>[1-9][0-9]{0,8})", re.ASCII)


class Reference(Value):
    """A record's public name: ``ACME-R12``, or ``R12`` where the project is plain from the channel."""

    number: int
    key: str | None = None
    marker: Marker = Marker.RISK

    def __str__(self) -> str:
        """Return the reference as people read it."""
        return f"{self.key}-{self.short}" if self.key else self.short

    @property
    def short(self) -> str:
        """Return the reference without its project."""
        return f"{self.marker}{self.number}"

    @classmethod
    def parse(cls, text: str) -> "Reference | None":
        """Read ``ACME-R12``, ``acme-dec4`` or ``R12``; None when the text is no reference."""
        match = _REFERENCE.fullmatch(text.strip())
        if match is None:
            return None
        key = match["key"]
        return cls(
            number=int(match["number"]),
            key=key.upper() if key else None,
            marker=Marker(match["marker"].upper()),
        )


def leading(line: str) -> tuple[Reference, str] | None:
    """Read the reference that a line begins with, and what follows it; None where there is none.

    People also write ``ACME R12``, and ``#12`` of a risk, or ``12`` where nothing follows; the key in
    capitals, unless nothing follows.
    """
    first, _, rest = line.strip().partition(" ")
    first, rest = first.rstrip(",;:"), rest.strip()
    number = _BARE_NUMBER.fullmatch(first)
    if number is not None and (number["sign"] or not rest):
        return Reference(int(number["number"])), rest
    if (found := Reference.parse(first)) is not None:
        return found, rest
    second, _, more = rest.partition(" ")
    bare = Reference.parse(second)
    if bare is None or bare.key is not None or not is_key(first if more else first.upper()):
        return None
    return replace(bare, key=first.upper()), more.strip()


def is_key(text: str) -> bool:
    """Tell whether the text may be a project key: a capital letter, then 1 to 9 capitals or digits."""
    return KEY_PATTERN.fullmatch(text) is not None


def suggest_key(name: str) -> str:
    """Guess a key from a channel or project name: ``acme-web`` → ``ACME``; always a valid key."""
    words = [word for word in _WORD.findall(name.upper()) if word[0].isascii() and word[0].isalpha()]
    candidate = words[0][:KEY_LENGTH] if words else ""
    return candidate if is_key(candidate) else "PROJ"
