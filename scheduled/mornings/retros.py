"""Retrospectives that close soon, to those of the team who have not added a card."""

from models.read_models import RetroView
from models.services.mornings.planning import Contribution
from models.services.retros.mornings import gather
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent


def draw(occasion: MorningOccasion) -> MorningPart | None:
    """Show those that still wait for a card of theirs."""
    message = occasion.message
    ids = [item.entity_id for item in occasion.items]
    waiting = message.desk.retros.waiting_for(message.workspace_id, occasion.morning.person.id, ids)
    still = [retro for retro in waiting if retro.is_open(message.now)]
    heading = occasion.words("heading", count=len(still)).text if still else ""
    return MorningPart(heading, tuple(_line(occasion, retro) for retro in still))


def _line(occasion: MorningOccasion, retro: RetroView) -> MorningLine:
    words = occasion.words(
        "line",
        project=retro.project_key,
        closes_at=retro.closes_at,
        is_anonymous=retro.is_anonymous,
    )
    return MorningLine(words.text, Button("Add a card", Intent.RETRO_ADD, retro.id))


MORNING = MorningPiece(Contribution("retros", gather), rank=50, draw=draw)
