"""Closing the loop: what is done about an answer that is not a good one, and by when.

Source: whoever is dissatisfied hears from us within 48 hours; the nudges on the way there are our defaults.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.rules.rituals.workdays import moved_by_working_days
from models.rules.surveys.csat import LOW_ANSWER, SATISFIED_FROM

CONTACT_WITHIN = timedelta(hours=48)
"""After a low answer."""
TALK_WITHIN = 5
"""Working days after an answer that is neither low nor satisfied."""


class LoopState(StrEnum):
    """How far closing the loop has come."""

    OPEN = "open"
    CONTACTED = "contacted"
    RESOLVED = "resolved"
    ERASED = "erased"
    """It ended unsettled: whom it was about was erased."""


class LoopStep(StrEnum):
    """What time brings while nobody has spoken with the client."""

    FIRST_NUDGE = "first_nudge"
    SECOND_NUDGE = "second_nudge"
    OVERDUE = "overdue"
    """The delivery managers are told."""


STEPS = {
    LoopStep.FIRST_NUDGE: timedelta(hours=24),
    LoopStep.SECOND_NUDGE: timedelta(hours=40),
    LoopStep.OVERDUE: CONTACT_WITHIN,
}
"""How long after a low answer each comes, in their order."""


def needs_closing(rating: int) -> bool:
    """Tell whether somebody has to speak with the client about this answer."""
    return rating < SATISFIED_FROM


def call_by(rating: int, answered_at: datetime) -> datetime | None:
    """Return the instant by which somebody has spoken with the client; None where only a day is set."""
    return answered_at + CONTACT_WITHIN if rating <= LOW_ANSWER else None


def due_on(rating: int, answered_at: datetime, zone: ZoneInfo) -> date:
    """Return the day by which somebody has spoken with the client, where whoever is to do so is."""
    at = call_by(rating, answered_at)
    if at is not None:
        return at.astimezone(zone).date()
    return moved_by_working_days(answered_at.astimezone(zone).date(), TALK_WITHIN)


def step_due(rating: int, answered_at: datetime, now: datetime) -> LoopStep | None:
    """Return the last step whose time has come; the ones before it are not made up for."""
    if rating > LOW_ANSWER:
        return None
    come = [step for step, after in STEPS.items() if answered_at + after <= now]
    return come[-1] if come else None


def next_step_at(rating: int, answered_at: datetime, now: datetime) -> datetime | None:
    """Return when the next step comes; None after the last, and where no clock runs."""
    if rating > LOW_ANSWER:
        return None
    return next((answered_at + after for after in STEPS.values() if answered_at + after > now), None)
