"""Two hours before statuses are due: to whoever is asked and has not sent them, all of theirs together."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from models.rules.delivery import NoticeKind, Operation
from models.services.statuses.owed import looked_at_since
from scheduled.mornings.weekly_status import update_button
from scheduled.notices import Notice, Occasion
from scheduled.posts import Gone, Line, Post, Text

_DAY = timedelta(days=1)


def render(occasion: Occasion) -> Post | Gone | None:
    """Name what isn't in; nothing once all are, and nothing is kept of it once its hour has passed."""
    desk, workspace_id = occasion.desk, occasion.workspace_id
    due_at = datetime.fromisoformat(str(occasion.ids["due_at"]))
    person_id = UUID(str(occasion.ids["person_id"]))
    waiting = desk.statuses.waiting_at(workspace_id, person_id, due_at, now=occasion.now)
    actor = desk.people.find(workspace_id, occasion.channel_id)
    if not waiting or actor is None or due_at <= occasion.now:
        return Gone() if occasion.operation is Operation.UPDATE else None
    stood = desk.statuses.stood(workspace_id, waiting.keys(), looked_at_since(occasion.now))
    due = f"{due_at.astimezone(ZoneInfo(actor.timezone)):%H:%M}"
    words = occasion.words(keys=[project.key for project in stood], due=due, project=None)
    lines = [
        Line(
            occasion.words(keys=[], due=due, project=project).small,
            update_button(project, waiting[project.id]),
        )
        for project in stood
    ]
    return Post(words.summary, (Text(words.text), *lines))


NOTICE = Notice(NoticeKind.STATUS_NUDGE, confidential=True, render=render)
