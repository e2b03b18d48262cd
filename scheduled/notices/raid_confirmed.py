"""An issue, assumption, dependency or decision that was logged in the form, to whoever logged it alone."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_raid import details, edit, item_of
from scheduled.posts import Button, Intent, Post, Text
from scheduled.wording.raid import raid_words


def render(occasion: Occasion) -> Post | None:
    """Say under which name it was logged, and where it stands."""
    item = item_of(occasion)
    if item is None:
        return None
    words = occasion.words(item=raid_words(item, occasion.day_at(item.timezone)))
    undo = Button("Undo", Intent.RAID_UNDO, item.id)
    return Post(words.summary, (Text(words.text),), (*edit(item), details(item), undo))


NOTICE = Notice(NoticeKind.RAID_CONFIRMED, confidential=False, render=render)
