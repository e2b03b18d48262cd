"""The colour that a project's own figures suggest, with the figure; where there is none, nothing is said.

Source: earned-value practice; the limits are our defaults.
"""

from enum import StrEnum
from fractions import Fraction

from models.rules.moods.mood import MoodTrend
from models.rules.statuses.rag import Colour, Dimension
from models.value import Value


class Limits(Value):
    """Above ``amber`` it is amber, above ``red`` it is red."""

    amber: Fraction
    red: Fraction

    def colour(self, figure: Fraction) -> Colour:
        """Return the colour of a figure."""
        if figure > self.red:
            return Colour.RED
        return Colour.AMBER if figure > self.amber else Colour.GREEN


SLIP = Limits(Fraction(5, 100), Fraction(10, 100))
"""The forecast slip as a share of the baseline's duration."""
OVERRUN = Limits(Fraction(5, 100), Fraction(10, 100))
"""The estimate at completion above the budget, as a share of it."""
COST_AMBER, COST_RED = Fraction(95, 100), Fraction(90, 100)
"""The cost performance index below which it is amber, or red."""
MOOD_AMBER, MOOD_RED = 3, 2
"""A client's mood at which it is amber, or red."""
REJECTED_AMBER, REJECTED_RED = 1, 2
"""Rejected deliverables."""


class Ground(StrEnum):
    """What a suggestion rests on."""

    SLIP = "slip"
    OVERRUN = "overrun"
    COST = "cost"
    MOOD = "mood"
    MOOD_FALLING = "mood_falling"
    REJECTED = "rejected"


class Evidence(Value):
    """What is known of a project; None where there is no such figure."""

    slip: Fraction | None = None
    overrun: Fraction | None = None
    cost_index: Fraction | None = None
    mood: int | None = None
    """The lowest of the last day on which anybody said; None when nobody has lately."""
    mood_trend: MoodTrend = MoodTrend.NOT_KNOWN
    rejected: int | None = None


class Suggestion(Value):
    """A dimension's colour as the figures have it."""

    dimension: Dimension
    colour: Colour
    ground: Ground
    figure: Fraction


def suggestions(evidence: Evidence) -> tuple[Suggestion, ...]:
    """Return what the figures suggest, one for each dimension of which there are any."""
    found = (_schedule(evidence), _budget(evidence), _quality(evidence), _client(evidence))
    return tuple(filter(None, found))


def _schedule(evidence: Evidence) -> Suggestion | None:
    slip = evidence.slip
    return None if slip is None else Suggestion(Dimension.SCHEDULE, SLIP.colour(slip), Ground.SLIP, slip)


def _budget(evidence: Evidence) -> Suggestion | None:
    """Return the worse of overrun and cost index."""
    found = []
    if (over := evidence.overrun) is not None:
        found.append(Suggestion(Dimension.BUDGET, OVERRUN.colour(over), Ground.OVERRUN, over))
    if (index := evidence.cost_index) is not None:
        colour = Colour.RED if index < COST_RED else Colour.AMBER if index < COST_AMBER else Colour.GREEN
        found.append(Suggestion(Dimension.BUDGET, colour, Ground.COST, index))
    return max(found, key=lambda each: each.colour.rank, default=None)


def _quality(evidence: Evidence) -> Suggestion | None:
    rejected = evidence.rejected
    if rejected is None:
        return None
    colour = Colour.GREEN
    if rejected >= REJECTED_AMBER:
        colour = Colour.RED if rejected >= REJECTED_RED else Colour.AMBER
    return Suggestion(Dimension.QUALITY, colour, Ground.REJECTED, Fraction(rejected))


def _client(evidence: Evidence) -> Suggestion | None:
    mood = evidence.mood
    if mood is None:
        return None
    ground, colour = Ground.MOOD, Colour.GREEN
    if mood <= MOOD_RED:
        colour = Colour.RED
    elif mood <= MOOD_AMBER:
        colour = Colour.AMBER
    elif evidence.mood_trend is MoodTrend.FALLING:
        ground, colour = Ground.MOOD_FALLING, Colour.AMBER
    return Suggestion(Dimension.CLIENT_RELATIONSHIP, colour, ground, Fraction(mood))
