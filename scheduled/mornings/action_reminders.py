"""Actions that are near their day, to whoever has to do them."""

from models.read_models import ActionView, MorningItemView
from models.rules.actions import ActionStatus
from models.services.actions.mornings import KIND, gather
from models.services.mornings.planning import Contribution
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent
from scheduled.wording.actions import action_words


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show what is still to be done, the earliest due first, and count what is settled since."""
    message = occasion.message
    found = message.desk.actions.of(message.workspace_id, [item.entity_id for item in occasion.items])
    named = [(item, found[item.entity_id]) for item in occasion.items if item.entity_id in found]
    waiting = [action for item, action in named if _waits(occasion, item, action)]
    over = [action for item, action in named if not _waits(occasion, item, action)]
    # What was called off is nobody's to do any more, and nobody has done it.
    settled = [action for action in over if action.status is not ActionStatus.CANCELLED]
    late = sum(action.days_late(occasion.today) > 0 for action in waiting)
    heading = occasion.words("heading", count=len(waiting), late=late).text if waiting else ""
    done = occasion.words("done", actions=[action.title for action in settled]).text if settled else ""
    return MorningPart(heading, tuple(_line(occasion, action) for action in waiting), done)


def _waits(occasion: MorningOccasion, item: MorningItemView, action: ActionView) -> bool:
    """Tell whether it is still the person's to do by that day: not done, moved on, or handed over."""
    is_theirs = action.owner.id == occasion.morning.person.id
    return action.is_open and is_theirs and action.due_on.isoformat() <= str(item.detail["due_on"])


def _line(occasion: MorningOccasion, action: ActionView) -> MorningLine:
    late = action.days_late(occasion.today)
    is_due = action.due_on == occasion.today
    words = occasion.words("line", action=action_words(action, occasion.today), late=late, is_due=is_due)
    return MorningLine(words.text, Button("Done", Intent.ACTION_DONE, action.id))


MORNING = MorningPiece(Contribution("action_reminders", gather, ritual=KIND), rank=40, draw=draw)
