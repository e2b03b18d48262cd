"""That a retrospective is over, and what was agreed on; its cards are in the thread of this."""

from models.read_models.retros import counted
from models.rules.delivery import NoticeKind
from models.rules.retros.life import MOST_ACTIONS
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_retros import retro_of, tell_the_leads
from scheduled.posts import Button, Intent, Post, Text
from scheduled.wording.retros import retro_words


def render(occasion: Occasion) -> Post | None:
    """Say how much there is to read, and ask for actions until there are enough."""
    found = retro_of(occasion)
    if found is None:
        return None
    words = occasion.words(retro=retro_words(found, occasion.day_at(found.retro.timezone)), most=MOST_ACTIONS)
    has_room = len(counted(found.actions)) < MOST_ACTIONS
    buttons = (Button("Add an action", Intent.RETRO_ACTION, found.retro.id),) if has_room else ()
    return Post(words.summary, (Text(words.text),), buttons)


NOTICE = Notice(NoticeKind.RETRO_CLOSED, confidential=True, render=render, instead=tell_the_leads)
