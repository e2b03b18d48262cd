"""A command that needs a project where there is none, and what was typed after it."""

from handlers.ids import ActionId
from models.errors import DrumbeatError
from models.value import Value


class NoProject(DrumbeatError):
    """There is no project that is not archived, so there is none to choose."""


class Need(Value):
    """What a command makes for a project; ``choose`` is the button that opens its form for any project."""

    command: str
    thing: str
    """Such as "A risk"."""
    choose: ActionId


def kept(need: Need, typed: str) -> str:
    """Return what a button or a form carries until there is a project."""
    return f"{need.command} {typed}"


def taken_up(carried: str) -> tuple[str, str]:
    """Return the command that waited, and what was typed after it."""
    command, _, typed = carried.partition(" ")
    return command, typed
