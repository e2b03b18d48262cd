"""Back to green: what a plan must say, and how often its target slipped.

Source: path-to-green practice; that the second slip is worth a talk is our default.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from models.value import Value

SLIPS_WORTH_A_TALK = 2


class PlanPart(StrEnum):
    """What a plan consists of; forms and refusals name their fields so."""

    STEP = "step"
    """What is wrong, and what is done about it."""
    OWNER = "owner"
    DUE = "due"
    """By when the step is done."""
    CRITERIA = "criteria"
    """How everybody will see that it is green again."""
    TARGET = "target"
    """The day by which it is."""


class PlanFault(StrEnum):
    """Why a part of a plan can't stand."""

    MISSING = "missing"
    PAST = "past"
    TOO_EARLY = "too_early"
    """Green again before the step is done."""


class PlanParts(Value):
    """What a person says of a plan; without a target, it is green once the step is done."""

    step: str = ""
    has_owner: bool = False
    due_on: date | None = None
    criteria: str = ""
    target_on: date | None = None


def plan_faults(plan: PlanParts, today: date) -> Iterator[tuple[PlanPart, PlanFault]]:
    """Yield what is missing from a plan, or past; ``today`` is where the project is."""
    said = {
        PlanPart.STEP: bool(plan.step.strip()),
        PlanPart.OWNER: plan.has_owner,
        PlanPart.DUE: plan.due_on is not None,
        PlanPart.CRITERIA: bool(plan.criteria.strip()),
    }
    for part, is_said in said.items():
        if not is_said:
            yield part, PlanFault.MISSING
    if plan.due_on is not None and plan.due_on < today:
        yield PlanPart.DUE, PlanFault.PAST
    if plan.target_on is None:
        return
    if plan.target_on < today:
        yield PlanPart.TARGET, PlanFault.PAST
    elif plan.due_on is not None and plan.target_on < plan.due_on:
        yield PlanPart.TARGET, PlanFault.TOO_EARLY


def slips_after(slips: int, before: date, after: date) -> int:
    """Return how often a target has slipped once it moved; an earlier one is no slip."""
    return slips + (after > before)


def is_worth_a_talk(slips: int) -> bool:
    """Tell whether a target slipped so often that people should talk about it."""
    return slips >= SLIPS_WORTH_A_TALK
