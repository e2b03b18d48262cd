"""What its channel must not see, told directly to the project's leads and whoever logged it."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_raid import details, item_of
from scheduled.posts import Post, Small, Text
from scheduled.wording.raid import raid_words


def render(occasion: Occasion) -> Post | None:
    """Say what it is, why the channel does not have it, and what to do."""
    item = item_of(occasion)
    if item is None:
        return None
    words = occasion.words(
        item=raid_words(item, occasion.day_at(item.timezone)),
        channel=occasion.ids["channel_id"],
        refusal=occasion.ids["refusal"],
    )
    return Post(words.summary, (Text(words.text), Small(words.small)), (details(item),))


NOTICE = Notice(NoticeKind.RAID_WITHHELD, confidential=True, render=render)
