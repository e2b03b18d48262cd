"""What all messages about a client's question share."""

from uuid import UUID

from models.read_models import QuestionReading
from models.rules.csat import RATING_WORDS
from scheduled.notices import Occasion


def reading(occasion: Occasion) -> QuestionReading | None:
    """Return the question that the message is about."""
    invitation_id = UUID(str(occasion.ids["invitation_id"]))
    return occasion.desk.surveys.for_notice(occasion.workspace_id, invitation_id)


def spoken(rating: int) -> str:
    """Return "2, dissatisfied"."""
    return f"{rating}, {RATING_WORDS[rating].lower()}"
