"""What somebody switches on, as a button or the form's first choice carries it: a kind, and its preset."""

from handlers.forms import reading

ANY = "any"
"""What a button carries that switches on whatever is chosen in the form."""
AGAIN = "again"
"""What a button carries, with a ritual's id, that switches on the like of one that ended."""


def what_of(kind: str, number: int) -> str:
    """Return what a choice of a preset carries."""
    return f"{kind}:{number}"


@reading()
def read_what(what: str) -> tuple[str, int]:
    """Return the kind and the number of its preset. Raises Unreadable."""
    kind, _, number = what.partition(":")
    return kind, int(number or 0)
