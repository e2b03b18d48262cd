"""What a meeting agreed, in its agenda's thread, kept to what is written down by now."""

from uuid import UUID

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.posts import Post, Text
from scheduled.wording.agendas import minute_values


def render(occasion: Occasion) -> Post | None:
    """Name decisions, and actions with who does them by when."""
    agenda_id = UUID(str(occasion.ids["agenda_id"]))
    minutes = occasion.desk.agendas.minutes(occasion.workspace_id, agenda_id)
    if minutes is None or not minutes.points:
        return None
    words = occasion.words(**minute_values(minutes))
    return Post(words.summary, (Text(words.text),))


NOTICE = Notice(NoticeKind.MEETING_MINUTES, confidential=True, render=render)
