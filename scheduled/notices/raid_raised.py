"""Something that nobody owns yet, to its project's leads, kept to what became of it."""

from models.rules.delivery import NoticeKind, Operation
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_raid import details, edit, item_even_if_withdrawn
from scheduled.posts import Post, Quote, Section, Small, Text
from scheduled.wording.raid import raid_words


def render(occasion: Occasion) -> Post | None:
    """Ask who sees to it, or say what became of it."""
    item = item_even_if_withdrawn(occasion)
    is_new = occasion.operation is Operation.POST
    if item is None or (is_new and (item.is_withdrawn or not item.is_live)):
        return None
    is_waiting = item.is_live and not item.is_withdrawn and (is_new or item.owner is None)
    words = raid_words(item, occasion.day_at(item.timezone))
    if item.is_withdrawn:
        standing = f"taken back by {item.raised_by.name}"
    else:
        standing = f"{words.owner} owns it" if item.is_live else words.state
    drawn = occasion.words(item=words, is_waiting=is_waiting, standing=standing)
    sections: tuple[Section, ...] = (Text(drawn.text),)
    if is_waiting:
        background = (Quote(item.details),) if item.details else ()
        sections += (*background, Small(drawn.small))
    buttons = () if item.is_withdrawn else (*(edit(item) if item.is_live else ()), details(item))
    return Post(drawn.summary, sections, buttons)


NOTICE = Notice(NoticeKind.RAID_RAISED, confidential=True, render=render)
