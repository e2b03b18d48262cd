"""Meetings whose minutes nobody has written, to whoever took notes."""

from models.read_models import MinutesView
from models.services.agendas.mornings import gather
from models.services.mornings.planning import Contribution
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent
from scheduled.wording import plain_day


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show which minutes are still missing, and name those that are written since."""
    message = occasion.message
    found = [message.desk.agendas.minutes(message.workspace_id, item.entity_id) for item in occasion.items]
    waiting = [each for each in found if each is not None and not each.points]
    written = [each.agenda.ritual.name for each in found if each is not None and each.points]
    return MorningPart(
        occasion.words("heading", count=len(waiting)).text if waiting else "",
        tuple(_line(occasion, each) for each in waiting),
        occasion.words("done", meetings=written).text if written else "",
    )


def _line(occasion: MorningOccasion, minutes: MinutesView) -> MorningLine:
    agenda = minutes.agenda
    on = agenda.time.starts_at.astimezone(occasion.morning.zone).date()
    words = occasion.words("line", meeting=agenda.ritual.name, day=plain_day(on, occasion.today))
    button = Button("Write minutes", Intent.MINUTES_WRITE, agenda.id) if agenda.id else None
    return MorningLine(words.text, button)


MORNING = MorningPiece(Contribution("minutes", gather), rank=30, draw=draw)
