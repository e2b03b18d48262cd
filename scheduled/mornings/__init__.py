"""What people's mornings are made of: one file for each contribution, found by its name.

A file has ``MORNING``: what is gathered for whom, and how it is drawn. The template of the same name has its
words: of what it draws there is a ``heading``, a ``line`` for each thing, and what is ``done`` since.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from models.read_models import MorningItemView, MorningView
from models.services.mornings.planning import Contribution
from models.value import Value
from scheduled.notices import Occasion
from scheduled.posts import Button
from scheduled.templating import Words


class MorningOccasion(Value):
    """What one contribution has in a morning's message that is about to be sent."""

    message: Occasion
    morning: MorningView
    items: Sequence[MorningItemView]
    template: str

    @property
    def today(self) -> date:
        """Return the day of it, where the person is."""
        return self.morning.day

    def words(self, step: str, **values: object) -> Words:
        """Fill in the contribution's template; ``step`` is "heading", "line" or "done"."""
        return self.message.desk.templates.render(self.template, {"step": step, **values})


class MorningLine(Value):
    """One thing that is still to be done, or to be known: a line of marked-up text, with what to press."""

    text: str
    button: Button | None = None


class MorningPart(Value):
    """What one contribution shows, as marked-up text; ``done`` is "" where nothing is.

    What ``stays`` is not gone with its day, but with the next of its kind. What ``is_brief`` takes few lines
    where there are many, until the message is unfolded. ``elsewhere`` counts what only Home shows.
    """

    heading: str
    lines: tuple[MorningLine, ...]
    done: str = ""
    stays: bool = False
    is_brief: bool = False
    elsewhere: int = 0


class MorningPiece(Value):
    """One contribution: what is gathered for whom, and how it is drawn; ``rank`` is its place."""

    contribution: Contribution
    rank: int
    draw: Callable[[MorningOccasion], MorningPart | None]


@cache
def discover() -> Mapping[str, MorningPiece]:
    """Return every contribution in order: each module of this package has one as ``MORNING``, of its name."""
    found: dict[str, MorningPiece] = {}
    for module in iter_modules(__path__):
        piece = import_module(f"{__name__}.{module.name}").MORNING
        if not isinstance(piece, MorningPiece) or piece.contribution.name != module.name:
            msg = f"{__name__}.{module.name} has no MORNING of its own name"
            raise TypeError(msg)
        found[module.name] = piece
    return dict(sorted(found.items(), key=lambda each: (each[1].rank, each[0])))


def contributions() -> Sequence[Contribution]:
    """Return what the planner gathers."""
    return [piece.contribution for piece in discover().values()]
