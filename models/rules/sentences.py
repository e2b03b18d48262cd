"""What sentences are made of: names in a row, and the stop at the end."""

from collections.abc import Sequence
from datetime import date

ENDS = (".", "?", "!", "…")
"""What ends a sentence by itself."""
_CLOSES = "*_)”\"'’"
"""What may stand behind that, and belongs to the sentence."""


def listed(names: Sequence[str], word: str = "and") -> str:
    """Return "ACME", "ACME and DELTA" or "ACME, COBALT and DELTA"; "" for none."""
    *most, last = names or ("",)
    return f"{', '.join(most)} {word} {last}" if most else last


def due_word(on: date, today: date) -> str:
    """Return "due" or "was due", to stand before the day, which is true for as long as a message stands.

    How many days late something is depends on when and where it is read: only what is drawn for one reader,
    by their own day, counts them.
    """
    return "was due" if on < today else "due"


def is_ended(text: str) -> bool:
    """Tell whether nothing more is to stand at its end: it has a stop, or a mark that is as good as one."""
    return text.rstrip(_CLOSES).endswith(ENDS)


def ended(text: str) -> str:
    """Return a text with a full stop at its end, unless it has ended already."""
    return text if is_ended(text) else f"{text}."
