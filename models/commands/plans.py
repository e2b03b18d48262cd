"""What people say of what a project is to reach."""

from datetime import date
from uuid import UUID

from models.rules.plans.measures import Outcome
from models.rules.plans.phases import Phase
from models.value import Value

TARGET_LENGTH = 200
"""Characters of what a measure is to come to."""


EVIDENCE_LENGTH = 500
"""Characters of where a deliverable is, or what was handed over: a long link fits."""


class MeasureFields(Value):
    """A measure of success. "" and None mean "not said"."""

    title: str
    target: str = ""
    outcome: Outcome | None = None


class PhaseMove(Value):
    """A project goes to another phase. ``entered_on`` None means today, where the project is.

    ``seen`` is the stay that the person looked at, None for no phase at all; it counts where ``is_seen``.
    """

    target: Phase
    entered_on: date | None = None
    reason: str = ""
    seen: UUID | None = None
    is_seen: bool = False


class MilestoneFields(Value):
    """A milestone, and the day that was agreed for it."""

    title: str
    baseline_on: date | None = None


class Approval(Value):
    """That the client accepts something: who there says so, and when. None means today."""

    accepted_by: str = ""
    accepted_on: date | None = None


class DeliverableFields(Value):
    """A deliverable; ``due_on`` None means that it is due with its milestone."""

    title: str
    due_on: date | None = None
    milestone_id: UUID | None = None
