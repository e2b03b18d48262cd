"""What happened since the last meeting, and how it reads."""

from collections.abc import Iterator, Sequence
from datetime import date

from models.rules.agendas.reasons import brief
from models.rules.agendas.words import joined
from models.rules.statuses.rag import Colour
from models.value import Value

CHANGES_SHOWN = 3
"""So many have room in a line."""


class Changes(Value):
    """What happened since the last meeting; without one, since two weeks ago."""

    since: date
    colours: tuple[tuple[str, Colour, Colour], ...] = ()
    """Each project's short name, its colour then and now, where they differ."""
    decided: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()
    """Milestones, with their project's short name."""
    done: int = 0
    """Actions."""
    new_risks: int = 0
    """Grave ones."""


def change_words(changes: Changes) -> tuple[str, ...]:
    """Return what changed, what is worst first; empty where nothing did."""
    return tuple(_change_words(changes))


def changes_line(found: Sequence[str]) -> str:
    """Return what changed, as a line has room for it."""
    return joined(found, CHANGES_SHOWN) if found else ""


def _change_words(changes: Changes) -> Iterator[str]:
    for name, before, after in sorted(changes.colours, key=lambda each: (-each[2].rank, each[0])):
        yield f"{name} {before.word} → {after.word}"
    if changes.new_risks:
        yield f"{changes.new_risks} serious risk{'' if changes.new_risks == 1 else 's'} new"
    for title in changes.decided:
        yield f"decided: {brief(title)}"
    for title in changes.reached:
        yield f"reached: {brief(title)}"
    if changes.done:
        yield f"{changes.done} action{'' if changes.done == 1 else 's'} done"
