"""Retrospectives that close soon, to those who have not added a card; where all have, to who runs them."""

from collections.abc import Iterable
from datetime import datetime

from models.read_models import RetroView
from models.services.mornings.planning import Contribution
from models.services.retros.mornings import gather
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent


def draw(occasion: MorningOccasion) -> MorningPart | None:
    """Show those that still wait for a card of theirs, then those that wait for nobody."""
    message = occasion.message
    ids = [item.entity_id for item in occasion.items]
    desk, workspace_id = message.desk.retros, message.workspace_id
    waiting = _open(desk.waiting_for(workspace_id, occasion.morning.person.id, ids), message.now)
    complete = _open(desk.all_in(workspace_id, ids), message.now)
    heading = occasion.words("heading", count=len(waiting)).text if waiting or complete else ""
    lines = (
        *(_line(occasion, retro, Button("Add a card", Intent.RETRO_ADD, retro.id)) for retro in waiting),
        *(
            _line(occasion, retro, Button("Show it", Intent.RETRO_SHOW, retro.id), all_in=True)
            for retro in complete
        ),
    )
    return MorningPart(heading, lines)


def _open(found: Iterable[RetroView], now: datetime) -> list[RetroView]:
    return [retro for retro in found if retro.is_open(now)]


def _line(
    occasion: MorningOccasion, retro: RetroView, button: Button, *, all_in: bool = False
) -> MorningLine:
    words = occasion.words(
        "line",
        project=retro.project_key,
        closes_at=retro.closes_at,
        is_anonymous=retro.is_anonymous,
        all_in=all_in,
    )
    return MorningLine(words.text, button)


MORNING = MorningPiece(Contribution("retros", gather), rank=50, draw=draw)
