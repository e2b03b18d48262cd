"""The one reminder of a question to a client, in its thread."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_surveys import reading
from scheduled.posts import Post, Text
from scheduled.wording.surveys import question_words


def render(occasion: Occasion) -> Post | None:
    """Remind them while it is open; nothing once they have answered, or would rather not."""
    found = reading(occasion)
    if found is None or found.draft is None or not found.invitation.is_open(occasion.now):
        return None
    if found.is_opted_out:
        return None
    words = occasion.words(until=found.invitation.closes_at, **question_words(found.draft))
    return Post(words.summary, (Text(words.text),))


NOTICE = Notice(NoticeKind.SURVEY_REMINDER, confidential=False, render=render)
