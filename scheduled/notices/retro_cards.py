"""A retrospective's cards, in the thread of what says that it is over."""

from uuid import UUID

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.posts import Post, Text
from scheduled.wording.retros import column_words


def render(occasion: Occasion) -> Post | None:
    """Show one message's share of them, by column."""
    retro_id, number = UUID(str(occasion.ids["retro_id"])), int(occasion.ids["page"])
    retro, cards = occasion.desk.retros.page(occasion.workspace_id, retro_id, number)
    if not cards:
        return None
    columns = column_words(retro, cards)
    words = occasion.words(project=retro.project_key, columns=columns)
    return Post(words.summary, (Text(words.text),))


NOTICE = Notice(NoticeKind.RETRO_CARDS, confidential=True, render=render)
