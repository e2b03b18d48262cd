"""Green outside, red inside: six looks behind a status that is declared green.

Each look says nothing where its figures do not exist. Source: project practice knows it as the watermelon
status; the limits are our defaults.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

from models.rules.moods.mood import LOW
from models.rules.plans.milestones import LONG_OVERDUE
from models.rules.surveys.csat import is_low
from models.value import Value

LOWEST_INDEX = Fraction(90, 100)
LATE_RESPONSES = 3
ANSWER_COUNTS = timedelta(days=30)
"""An older survey answer says nothing about how it is now."""


class Look(StrEnum):
    """One look inside."""

    CRITICAL_RISK = "critical_risk"
    """W1: an open critical threat."""
    CLIENT_MOOD = "client_mood"
    """W2: a low mood within 21 days, or a mood alert."""
    PERFORMANCE = "performance"
    """W3: cost or schedule performance below nine tenths."""
    MILESTONE = "milestone"
    """W4: a milestone long overdue."""
    CLIENT_ANSWER = "client_answer"
    """W5: a low survey answer within 30 days."""
    LATE_RESPONSES = "late_responses"
    """W6: several overdue responses to grave risks."""


TELLING = frozenset({Look.CRITICAL_RISK, Look.CLIENT_MOOD})
"""One of these is enough; of the others it takes two."""
ENOUGH = 2


class Inside(StrEnum):
    """What the looks come to."""

    CLEAR = "clear"
    CHECK = "check"
    FLAGGED = "flagged"


class Facts(Value):
    """What is known of a project; None where there are no such records at all."""

    critical_threats: int | None = None
    lowest_mood: int | None = None
    """Within 21 days."""
    has_mood_alert: bool | None = None
    cost_index: Fraction | None = None
    schedule_index: Fraction | None = None
    milestone_days_late: int | None = None
    """Working days that the latest of them is overdue."""
    lowest_answer: int | None = None
    """Within 30 days."""
    late_responses: int | None = None


def found(facts: Facts) -> tuple[Look, ...]:
    """Return the looks that found something."""
    return tuple(_found(facts))


def no_data(facts: Facts) -> tuple[Look, ...]:
    """Return the looks that could find nothing either way, for want of records."""
    known = {
        Look.CRITICAL_RISK: (facts.critical_threats,),
        Look.CLIENT_MOOD: (facts.lowest_mood, facts.has_mood_alert),
        Look.PERFORMANCE: (facts.cost_index, facts.schedule_index),
        Look.MILESTONE: (facts.milestone_days_late,),
        Look.CLIENT_ANSWER: (facts.lowest_answer,),
        Look.LATE_RESPONSES: (facts.late_responses,),
    }
    return tuple(look for look, figures in known.items() if all(figure is None for figure in figures))


def verdict(looks: Iterable[Look]) -> Inside:
    """Return what the looks that found something come to."""
    seen = frozenset(looks)
    if seen & TELLING or len(seen) >= ENOUGH:
        return Inside.FLAGGED
    return Inside.CHECK if seen else Inside.CLEAR


def _found(facts: Facts) -> Iterator[Look]:
    if facts.critical_threats:
        yield Look.CRITICAL_RISK
    if facts.has_mood_alert or (facts.lowest_mood is not None and facts.lowest_mood <= LOW):
        yield Look.CLIENT_MOOD
    indices = (facts.cost_index, facts.schedule_index)
    if any(index is not None and index < LOWEST_INDEX for index in indices):
        yield Look.PERFORMANCE
    if facts.milestone_days_late is not None and facts.milestone_days_late > LONG_OVERDUE:
        yield Look.MILESTONE
    if facts.lowest_answer is not None and is_low(facts.lowest_answer):
        yield Look.CLIENT_ANSWER
    if facts.late_responses is not None and facts.late_responses >= LATE_RESPONSES:
        yield Look.LATE_RESPONSES
