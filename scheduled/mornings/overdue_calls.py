"""Dissatisfied clients whom nobody has called in time, to delivery managers."""

from models.services.mornings.planning import Contribution
from models.services.surveys.overdue_calls import gather
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show who waits and for how long, and name the projects whose client was called since."""
    message = occasion.message
    ids = [item.entity_id for item in occasion.items]
    calls = message.desk.surveys.late_calls(message.workspace_id, ids)
    waiting = [call for call in calls if call.is_open]
    done = [call.project_key for call in calls if not call.is_open]
    lines = [
        MorningLine(
            occasion.words("line", project=call.project_key, days=(message.now - call.answered_at).days).text,
            Button("Show", Intent.SURVEY_SHOW, call.project_id),
        )
        for call in waiting
    ]
    heading = occasion.words("heading", count=len(waiting)).text if waiting else ""
    return MorningPart(heading, tuple(lines), occasion.words("done", keys=done).text if done else "")


MORNING = MorningPiece(Contribution("overdue_calls", gather), rank=15, draw=draw)
