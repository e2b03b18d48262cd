"""What people say in and about a retrospective."""

from datetime import datetime
from uuid import UUID

from models.rules.retros.formats import RetroFormat
from models.value import Value

CARD_LENGTH = 300
"""Characters of a card."""


class NewRetro(Value):
    """A retrospective to be started; ``closes_at`` None leaves it to the rule of two working days."""

    project_id: UUID
    format: RetroFormat = RetroFormat.START_STOP_CONTINUE
    is_anonymous: bool = True
    closes_at: datetime | None = None
    asks_safety: bool = False
    """Whether people are asked first how free they feel to speak."""


class NewCard(Value):
    """A card, in a column of the retrospective's format."""

    column: str
    text: str
