"""That somebody owns or decides something now, to them, when another person made it so."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_raid import details, edit, entry_of, item_of, links_of
from scheduled.posts import Post, Text
from scheduled.raid_wording import raid_words


def render(occasion: Occasion) -> Post | None:
    """Say who made them the owner of what; nothing when somebody else owns it by now."""
    item, entry = item_of(occasion), entry_of(occasion)
    if item is None or entry is None or item.owner is None:
        return None
    if item.owner.slack_user_id != occasion.ids["owner"]:
        return None
    who = entry.person.name if entry.person else "Drumbeat"
    words = occasion.words(who=who, item=raid_words(item, occasion.today), **links_of(occasion, item))
    buttons = (*edit(item), details(item)) if item.is_live else (details(item),)
    return Post(words.summary, (Text(words.text),), buttons)


NOTICE = Notice(NoticeKind.RAID_OWNED, confidential=True, render=render)
