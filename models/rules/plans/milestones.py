"""Milestones: agreed for a day, expected on another, done, and accepted.

Source: baseline and forecast as project management has them; a milestone over five working days late and
a slip measured against the baseline's duration are what status rules look at.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from models.rules.rituals.workdays import working_days_late

LONG_OVERDUE = 5
"""Working days after which an overdue milestone says that something is wrong."""


class MilestoneState(StrEnum):
    """Where a milestone stands."""

    OPEN = "open"
    DONE = "done"
    ACCEPTED = "accepted"


def state_of(done_on: date | None, accepted_on: date | None) -> MilestoneState:
    """Return the state that the days tell."""
    if accepted_on is not None:
        return MilestoneState.ACCEPTED
    return MilestoneState.OPEN if done_on is None else MilestoneState.DONE


def slip(baseline_on: date, forecast_on: date, done_on: date | None = None) -> int:
    """Return how many days later than agreed it is expected, or was done; below 0 where earlier."""
    return ((done_on or forecast_on) - baseline_on).days


def overdue(forecast_on: date, done_on: date | None, today: date, holidays: Collection[date] = ()) -> int:
    """Return for how many working days it is overdue by its own forecast; 0 once it is done."""
    return 0 if done_on is not None else working_days_late(forecast_on, today, holidays)


def slip_share(slip_days: int, starts_on: date, baseline_end_on: date) -> float | None:
    """Return a slip as a share of the baseline's duration, 0 for none; None where there is no duration."""
    duration = (baseline_end_on - starts_on).days
    return max(0, slip_days) / duration if duration > 0 else None
