"""What people say of how a project stands."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from uuid import UUID

from models.commands.moods import MoodFields
from models.rules.statuses.periods import Period
from models.rules.statuses.rag import Colour, Dimension
from models.value import Value

HEADLINE_LENGTH = 150
STEP_LENGTH = 200
"""Characters of what is wrong and done about it; the step is an action of that name."""
CRITERIA_LENGTH = 150
NOTES_LENGTH = 1000
"""Characters of what was done, and of what comes next."""
DECISION_LENGTH = 300
REASON_LENGTH = 300
"""Characters of why the overall colour is set by hand, and of why green is right after all."""


class DimensionFields(Value):
    """All that a person may say of one dimension; a green one says nothing more."""

    colour: Colour
    step: str = ""
    owner_id: UUID | None = None
    due_on: date | None = None
    criteria: str = ""
    target_on: date | None = None
    """None where it is green once the step is done."""


class StatusFields(Value):
    """All that a person may say of a project's period. What is not named among the dimensions is green."""

    headline: str
    dimensions: Mapping[Dimension, DimensionFields] = field(default_factory=dict)
    done: str = ""
    coming: str = ""
    decision: str = ""
    mood: MoodFields | None = None
    """None where there was no contact, or nobody says."""
    declared: Colour | None = None
    """The overall colour where it is set by hand."""
    reason: str = ""
    """Why it is."""
    justification: str = ""
    """Why it is green all the same, where something inside says otherwise."""


class WantedStatus(Value):
    """A status that is to be submitted: of which period, over which version, None being the first."""

    project_id: UUID
    period: Period
    fields: StatusFields
    version: int | None = None
