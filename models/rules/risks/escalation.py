"""When a risk needs somebody above the project: each event once, whatever happens around it."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.rules.actions import days_late
from models.rules.risks.scoring import REVIEW_DAYS, WORST_IMPACT, SeverityBand, band, score
from models.rules.risks.words import Proximity
from models.rules.rituals.workdays import moved_by_working_days, nearest_working_day
from models.value import Value

STEEP_RISE = 5
"""A score that rises by as much in one change is told above."""

RESPONSE_LATE_DAYS = 7
"""A grave risk's response may be this many days overdue before somebody above is told."""

UNANSWERED_DAYS = 1
"""For so many working days a risk that its raiser calls critical may wait for somebody to judge it."""

_DAY = timedelta(days=1)

GRAVE = frozenset({SeverityBand.HIGH, SeverityBand.CRITICAL})


class EscalationEvent(StrEnum):
    """Why somebody above the project is told."""

    BECAME_CRITICAL = "became_critical"
    WORST_IMPACT = "worst_impact"
    IMMINENT = "imminent"
    SCORE_ROSE = "score_rose"
    BY_CHOICE = "by_choice"
    RESPONSE_LATE = "response_late"
    UNREVIEWED = "unreviewed"
    """Nobody has looked at it for twice as long as its band allows."""
    UNANSWERED = "unanswered"
    """Its raiser calls it critical, and nobody who may has said whether it is."""


SOON_ENOUGH_IN_MORNINGS = frozenset({EscalationEvent.RESPONSE_LATE, EscalationEvent.UNREVIEWED})
"""Events that time brings about, and of which the next morning tells, unless the risk is critical."""

ONCE_IN_A_LIFE = frozenset({EscalationEvent.WORST_IMPACT, EscalationEvent.UNANSWERED})
"""Events that a risk has only the first time; the others come again when they happen again."""


class Grading(Value):
    """What of a risk decides whether it is escalated. Levels are the active ones; None while not known."""

    probability: int | None = None
    impact: int | None = None
    proximity: Proximity | None = None
    is_escalated: bool = False
    is_threat: bool = True

    @property
    def score(self) -> int | None:
        """Return probability × impact, or None while either is not known."""
        if self.probability is None or self.impact is None:
            return None
        return score(self.probability, self.impact)

    @property
    def band(self) -> SeverityBand | None:
        """Return the severity band, or None while the score is not known."""
        if self.probability is None or self.impact is None:
            return None
        return band(self.probability, self.impact)

    @property
    def is_grave_and_near(self) -> bool:
        """Tell whether it is high or critical, and about to happen."""
        return self.band in GRAVE and self.proximity is Proximity.IMMINENT


NOTHING = Grading()
"""A risk before it was logged."""


def escalations(before: Grading, after: Grading) -> tuple[EscalationEvent, ...]:
    """Return the events that a change brings about; only threats escalate by themselves."""
    return tuple(_escalations(before, after))


def _escalations(before: Grading, after: Grading) -> Iterator[EscalationEvent]:
    if after.is_escalated and not before.is_escalated:
        yield EscalationEvent.BY_CHOICE
    if not after.is_threat:
        return
    if after.band is SeverityBand.CRITICAL and before.band is not SeverityBand.CRITICAL:
        yield EscalationEvent.BECAME_CRITICAL
    if after.impact == WORST_IMPACT and before.impact != WORST_IMPACT:
        yield EscalationEvent.WORST_IMPACT
    if after.is_grave_and_near and not before.is_grave_and_near:
        yield EscalationEvent.IMMINENT
    if before.score is not None and after.score is not None and after.score - before.score >= STEEP_RISE:
        yield EscalationEvent.SCORE_ROSE


def waits_for_morning(event: EscalationEvent, graded: Grading) -> bool:
    """Tell whether the delivery managers' next morning tells of it, and no message of its own."""
    return event in SOON_ENOUGH_IN_MORNINGS and graded.band is not SeverityBand.CRITICAL


def is_response_late(graded: Grading, due_on: date, today: date) -> bool:
    """Tell whether an open response of a grave threat is overdue for longer than it may be."""
    return graded.is_threat and graded.band in GRAVE and days_late(due_on, today) > RESPONSE_LATE_DAYS


def is_long_unreviewed(graded: Grading, next_review_on: date | None, today: date) -> bool:
    """Tell whether twice the cadence has passed since the last review; ``next_review_on`` is after once."""
    if next_review_on is None or graded.band is None:
        return False
    return today > next_review_on + timedelta(days=REVIEW_DAYS[graded.band])


def is_long_unanswered(raised: datetime, now: datetime, days_off: Collection[date] = ()) -> bool:
    """Tell whether somebody had their working day to answer in; both times are where the project is.

    What is raised on a day off counts from the beginning of the next working day.
    """
    first = nearest_working_day(raised.date(), _DAY, days_off)
    at = raised.time() if first == raised.date() else time.min
    return now >= datetime.combine(moved_by_working_days(first, UNANSWERED_DAYS, days_off), at, now.tzinfo)
