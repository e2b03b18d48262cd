"""How a status reads in messages; templates take these values as ``status``."""

from datetime import date

from models.read_models import DimensionView, StatusInRow, StatusView, Turn
from models.rules.projects.turns import turn_words
from models.rules.sentences import listed
from models.rules.statuses.inside import Inside
from models.rules.statuses.rag import DIMENSION_WORDS, Colour
from models.rules.statuses.words import (
    NOT_EXPLAINED,
    criteria_words,
    finding_words,
    movement_words,
    slip_words,
)
from models.value import Value
from scheduled.wording import plain_day


class PlanWords(Value):
    """A dimension that isn't green, in words."""

    mark: str
    colour: str
    name: str
    step: str
    owner: str | None
    due: str | None
    criteria: str
    target: str | None
    moved: str
    """Such as "moved twice"; "" for a target that stands."""


class StatusWords(Value):
    """A status in words. None where something is not said, for the template to ask."""

    project: str
    period: str
    mark: str
    colour: str
    moved: str
    """Such as "↓ from Green"."""
    author: str
    is_late: bool
    is_edited: bool
    headline: str
    reason: str | None
    """Why the overall colour was set by hand."""
    plans: tuple[PlanWords, ...]
    left_out: str | None
    """The dimensions that do not apply."""
    is_all_green: bool
    has_green: bool
    but: str | None
    """What else is known of a green project, once somebody has said why it is green all the same."""
    justification: str
    decision: str | None
    in_thread: str | None
    """What the thread has: "Done and next", or one of the two."""


def whose_turn(turn: Turn, today: date) -> str:
    """Return whose turn it is to say how a project stands, and who is away whom they stand in for."""
    until = plain_day(turn.until, today) if turn.until else ""
    names = [person.name for person in turn.asked]
    return turn_words(names, [each.person.name for each in turn.absent], until)


def status_words(found: StatusInRow, today: date) -> StatusWords:
    """Return the status in words, as everybody in the project's channel may read it."""
    status = found.status
    green = [each for each in status.dimensions if each.colour is Colour.GREEN]
    parts = {"done": status.done, "next": status.coming}
    left_out = [name_of(status, each) for each in status.dimensions if each.colour is Colour.NOT_APPLICABLE]
    return StatusWords(
        project=status.project_key,
        period=status.period.name,
        mark=status.rag.declared.mark,
        colour=_colour(status),
        moved=movement_words(found.movement, found.before, found.periods_at_colour, status.period.cadence),
        author=status.author.name,
        is_late=status.is_late,
        is_edited=status.version > 1,
        headline=status.headline,
        reason=status.override_reason or None,
        plans=tuple(_plan(status, each, today) for each in status.dimensions if each.colour.wants_plan),
        left_out=", ".join(left_out) or None,
        is_all_green=len(green) + len(left_out) == len(status.dimensions),
        has_green=bool(green),
        but=_but(status),
        justification=status.justification,
        decision=status.decision or None,
        in_thread=listed([name for name, said in parts.items() if said]).capitalize() or None,
    )


def _colour(status: StatusView) -> str:
    """Return the overall colour; a green says that it is not explained yet, where the channel may know."""
    if status.is_unexplained(with_restricted=False):
        return f"{status.rag.words}, {NOT_EXPLAINED}"
    return status.rag.words


def name_of(status: StatusView, said: DimensionView) -> str:
    """Return what the dimension is called in projects of that kind."""
    return DIMENSION_WORDS[status.project_kind].get(said.dimension, said.dimension.value)


def _plan(status: StatusView, said: DimensionView, today: date) -> PlanWords:
    return PlanWords(
        mark=said.colour.mark,
        colour=said.colour.word,
        name=name_of(status, said),
        step=said.step.rstrip("."),
        owner=said.owner.name if said.owner else None,
        due=plain_day(said.due_on, today) if said.due_on else None,
        criteria=criteria_words(said.criteria),
        target=plain_day(said.green_by, today) if said.green_by else None,
        moved=slip_words(said.slips),
    )


def _but(status: StatusView) -> str | None:
    """Return what the channel may know; what only the leads may know is not said there."""
    if status.inside is not Inside.FLAGGED or not status.justification:
        return None
    told = [
        finding_words(each.look, each.figure, each.names) for each in status.found if not each.is_restricted
    ]
    return "; ".join(told) or None
