"""A bad issue or a decision in its project's channel, kept to what it is now."""

from models.rules.delivery import NoticeKind, Operation
from models.rules.raid.words import RaidKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_raid import details, edit, is_for_the_team, item_of, links_of, tell_the_project
from scheduled.posts import Post, Text
from scheduled.wording.raid import raid_words


def render(occasion: Occasion) -> Post | None:
    """Draw it as it stands; an issue that is over before it was announced is not announced any more."""
    item = item_of(occasion)
    if item is None or not is_for_the_team(item):
        return None
    is_over = item.kind is RaidKind.ISSUE and not item.is_live
    if is_over and occasion.operation is Operation.POST:
        return None
    words = occasion.words(item=raid_words(item, occasion.day_at(item.timezone)), **links_of(occasion, item))
    buttons = (*edit(item), details(item)) if item.is_live else (details(item),)
    return Post(words.summary, (Text(words.text),), buttons)


NOTICE = Notice(NoticeKind.RAID_ANNOUNCED, confidential=True, render=render, instead=tell_the_project)
