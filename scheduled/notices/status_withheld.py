"""A status that its channel must not see, told directly to the project's leads and its writer."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_statuses import details, status_of
from scheduled.posts import Post, Small, Text
from scheduled.wording.statuses import status_words


def render(occasion: Occasion) -> Post | None:
    """Say how the project stands, why the channel does not have it, and what to do."""
    found = status_of(occasion)
    if found is None:
        return None
    words = occasion.words(
        status=status_words(found, occasion.day_at(found.status.timezone)),
        channel=occasion.ids["channel_id"],
        refusal=occasion.ids["refusal"],
    )
    return Post(words.summary, (Text(words.text), Small(words.small)), (details(found),))


NOTICE = Notice(NoticeKind.STATUS_WITHHELD, confidential=True, render=render)
