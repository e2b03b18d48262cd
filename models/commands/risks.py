"""What people say of a risk."""

from datetime import date
from uuid import UUID

from models.commands.actions import NewAction
from models.rules.risks.words import Proximity, ResponseStrategy, RiskCategory, RiskKind, Visibility
from models.value import Value


class RiskFields(Value):
    """All that a person may set on a risk. None and "" mean "not known"."""

    title: str
    probability: int | None = None
    impact: int | None = None
    kind: RiskKind = RiskKind.THREAT
    cause: str = ""
    effect: str = ""
    category: RiskCategory | None = None
    owner_id: UUID | None = None
    strategy: ResponseStrategy | None = None
    due_on: date | None = None
    proximity: Proximity | None = None
    visibility: Visibility = Visibility.TEAM
    source_url: str | None = None
    """The message that it is made of; kept when it is logged, and never changed."""


class RiskResponse(Value):
    """What is to be done about a risk, and the first or next step of it, if any."""

    strategy: ResponseStrategy
    action: NewAction | None = None


TITLE_LENGTH = 200
"""Characters of a risk's title."""


TEXT_LENGTH = 2000
"""Characters of a longer text: cause, effect, a reason."""


URL_LENGTH = 500
"""Characters of an address."""
