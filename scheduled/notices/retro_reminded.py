"""One day before a retrospective closes: a quiet word in its prompt's thread."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_retros import collecting_buttons, retro_of
from scheduled.posts import Post, Text
from scheduled.wording.retros import retro_words


def render(occasion: Occasion) -> Post | None:
    """Say until when cards can be added; nothing once it is over."""
    found = retro_of(occasion)
    if found is None or not found.retro.is_open(occasion.now):
        return None
    words = occasion.words(retro=retro_words(found, occasion.today))
    return Post(words.summary, (Text(words.text),), collecting_buttons(found.retro.id)[:1])


NOTICE = Notice(NoticeKind.RETRO_REMINDED, confidential=True, render=render)
