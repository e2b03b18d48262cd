"""A project's status in its channel, kept to the version that stands."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_statuses import details, status_of, tell_the_project
from scheduled.posts import Post, Text
from scheduled.wording.statuses import status_words


def render(occasion: Occasion) -> Post | None:
    """Say how the project stands, what is done about what isn't green, and what is to be decided."""
    found = status_of(occasion)
    if found is None:
        return None
    words = occasion.words(status=status_words(found, occasion.day_at(found.status.timezone)))
    return Post(words.summary, (Text(words.text),), (details(found),))


NOTICE = Notice(NoticeKind.STATUS_POSTED, confidential=True, render=render, instead=tell_the_project)
