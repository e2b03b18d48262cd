"""One day before a retrospective closes: a quiet word in its prompt's thread; kept to what became of it."""

from models.rules.delivery import NoticeKind, Operation
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_retros import collecting_buttons, retro_of
from scheduled.posts import Post, Text
from scheduled.wording.retros import retro_words


def render(occasion: Occasion) -> Post | None:
    """Say until when cards can be added, and that they no longer can where it was said before."""
    found = retro_of(occasion)
    if found is None:
        return None
    is_open = found.retro.is_open(occasion.now)
    if not is_open and occasion.operation is Operation.REPLY:
        return None
    words = occasion.words(retro=retro_words(found, occasion.day_at(found.retro.timezone)))
    return Post(words.summary, (Text(words.text),), collecting_buttons(found.retro.id)[:1] if is_open else ())


NOTICE = Notice(NoticeKind.RETRO_REMINDED, confidential=True, render=render)
