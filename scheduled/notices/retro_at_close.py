"""A project goes into Close: whoever runs it hears of the team's review, and is asked for the client's."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_retros import retro_of
from scheduled.posts import Button, Intent, Post, Small, Text
from scheduled.wording.retros import retro_words


def render(occasion: Occasion) -> Post | None:
    """Say which two there are, and what only a person can do."""
    found = retro_of(occasion)
    if found is None:
        return None
    words = occasion.words(
        retro=retro_words(found, occasion.day_at(found.retro.timezone)), channel=found.retro.channel_id
    )
    show = Button("Show the team's", Intent.RETRO_SHOW, found.retro.id)
    return Post(words.summary, (Text(words.text), Small(words.small)), (show,))


NOTICE = Notice(NoticeKind.RETRO_AT_CLOSE, confidential=True, render=render)
