"""What people say of an issue, an assumption, a dependency or a decision."""

from datetime import date
from uuid import UUID

from models.rules.raid.words import Direction
from models.rules.risks.words import Visibility
from models.value import Value


class RaidFields(Value):
    """All that a person may say of a record; what its kind has no use for is not kept.

    None and "" mean "not known". ``due_on`` is by when it is solved, checked, needed or decided.
    """

    title: str
    details: str = ""
    owner_id: UUID | None = None
    due_on: date | None = None
    impact: int | None = None
    """How bad an issue is, 1 to 5."""
    direction: Direction = Direction.GET
    other_party: str = ""
    """From whom we get it, to whom we give it; or who decides, where that is nobody of the team."""
    supplier: str = ""
    """Who sees to a dependency on the other side."""
    outcome: str = ""
    """What was decided, where it is written down only afterwards."""
    rationale: str = ""
    visibility: Visibility = Visibility.TEAM


class RaidOutcome(Value):
    """How a record ended, or why it begins again: what a move is made with."""

    text: str = ""
    rationale: str = ""
    """Why it was decided so."""
    decider_id: UUID | None = None


PARTY_LENGTH = 120
"""Characters of somebody's name on the other side."""
