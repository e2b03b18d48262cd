"""A retrospective's prompt in its project's channel; kept to what became of it."""

from models.rules.delivery import NoticeKind, Operation
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_retros import collecting_buttons, retro_of, tell_the_leads
from scheduled.posts import Button, Intent, Post, Text
from scheduled.wording.retros import retro_words


def render(occasion: Occasion) -> Post | None:
    """Ask for cards while they are collected; say that it is over where it was asked before."""
    found = retro_of(occasion)
    if found is None:
        return None
    retro = retro_words(found, occasion.day_at(found.retro.timezone))
    if retro.is_closed and occasion.operation is Operation.POST:
        return None
    words = occasion.words(retro=retro)
    buttons = () if retro.is_closed else collecting_buttons(found.retro.id)
    if retro.is_project_archived and not retro.is_empty:
        buttons = (Button("Show it", Intent.RETRO_SHOW, found.retro.id),)
    return Post(words.summary, (Text(words.text),), buttons)


NOTICE = Notice(NoticeKind.RETRO_OPENED, confidential=True, render=render, instead=tell_the_leads)
