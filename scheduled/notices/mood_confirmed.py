"""A client's mood that was logged in the form, confirmed to its author alone."""

from uuid import UUID

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.posts import Button, Intent, Post, Small, Text
from scheduled.wording.moods import mood_words


def render(occasion: Occasion) -> Post | None:
    """Say what was logged, and who will see it."""
    mood = occasion.desk.moods.reading(occasion.workspace_id, UUID(str(occasion.ids["reading_id"])))
    if mood is None or mood.is_withdrawn:
        return None
    words = occasion.words(mood=mood_words(mood, occasion.now))
    buttons = (
        Button("Edit", Intent.MOOD_EDIT, mood.id),
        Button("Delete", Intent.MOOD_DELETE, mood.id),
    )
    return Post(words.summary, (Text(words.text), Small(words.small)), buttons)


NOTICE = Notice(NoticeKind.MOOD_CONFIRMED, confidential=False, render=render)
