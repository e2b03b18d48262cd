"""A retrospective that its channel must not see, told directly to the project's leads and its starter."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_retros import collecting_buttons, retro_of
from scheduled.posts import Button, Intent, Post, Text
from scheduled.wording.retros import retro_words


def render(occasion: Occasion) -> Post | None:
    """Say why the channel does not have it, and how the team takes part all the same."""
    found = retro_of(occasion)
    if found is None:
        return None
    retro = retro_words(found, occasion.day_at(found.retro.timezone))
    words = occasion.words(retro=retro, channel=occasion.ids["channel_id"], refusal=occasion.ids["refusal"])
    show = (Button("Show it", Intent.RETRO_SHOW, found.retro.id),)
    buttons = show if retro.is_closed else collecting_buttons(found.retro.id)
    return Post(words.summary, (Text(words.text),), buttons)


NOTICE = Notice(NoticeKind.RETRO_WITHHELD, confidential=True, render=render)
