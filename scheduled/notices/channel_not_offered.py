"""Why a channel that the bot was invited to is not offered to become a project's, to whoever invited it."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.ports import Refusal
from scheduled.posts import Post, Text


def render(occasion: Occasion) -> Post:
    """Say who else can read the channel, and where to go instead."""
    has_guests = occasion.ids["refusal"] == Refusal.GUEST
    words = occasion.words(channel=str(occasion.ids["channel_id"]), has_guests=has_guests)
    return Post(words.summary, (Text(words.text),))


NOTICE = Notice(NoticeKind.CHANNEL_NOT_OFFERED, confidential=False, render=render)
