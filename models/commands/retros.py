"""What people say in and about a retrospective."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.rules.retro_formats import RetroFormat

CARD_LENGTH = 300
"""Characters of a card."""


@dataclass(frozen=True)
class NewRetro:
    """A retrospective to be started; ``closes_at`` None leaves it to the rule of two working days."""

    project_id: UUID
    format: RetroFormat = RetroFormat.START_STOP_CONTINUE
    is_anonymous: bool = True
    closes_at: datetime | None = None


@dataclass(frozen=True)
class NewCard:
    """A card, in a column of the retrospective's format."""

    column: str
    text: str
