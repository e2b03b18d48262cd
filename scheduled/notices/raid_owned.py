"""That somebody owns or decides something now, to them, when another person made it so."""

from models.rules.delivery import NoticeKind, Operation
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_raid import details, edit, end, entry_of, item_of, links_of
from scheduled.posts import Post, Text
from scheduled.wording.raid import raid_words


def render(occasion: Occasion) -> Post | None:
    """Say who made them the owner of what, and later how it ended; nothing when somebody else owns it."""
    item, entry = item_of(occasion), entry_of(occasion)
    if item is None or entry is None or item.owner is None:
        return None
    if item.owner.slack_user_id != occasion.ids["owner"]:
        return None
    who = entry.person.name if entry.person else "Drumbeat"
    is_over = occasion.operation is Operation.UPDATE and not item.is_live
    values = {"who": who, "is_over": is_over, **links_of(occasion, item)}
    words = occasion.words(item=raid_words(item, occasion.day_at(item.timezone)), **values)
    buttons = (end(item), *edit(item), details(item)) if item.is_live else (details(item),)
    return Post(words.summary, (Text(words.text),), buttons)


NOTICE = Notice(NoticeKind.RAID_OWNED, confidential=True, render=render)
