"""What became of something, to whoever logged it."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_raid import DID, details, entry_of, item_of, links_of
from scheduled.posts import Post, Text
from scheduled.wording import brief
from scheduled.wording.raid import raid_words


def render(occasion: Occasion) -> Post | None:
    """Say who did what with it, and why."""
    item, entry = item_of(occasion), entry_of(occasion)
    if item is None or entry is None:
        return None
    did, how = DID.get(entry.action, ("changed", ""))
    words = occasion.words(
        who=entry.person.name if entry.person else "Drumbeat",
        did=did,
        how=how,
        reason=brief(entry.reason),
        item=raid_words(item, occasion.day_at(item.timezone)),
        **links_of(occasion, item),
    )
    return Post(words.summary, (Text(words.text),), (details(item),))


NOTICE = Notice(NoticeKind.RAID_OUTCOME, confidential=True, render=render)
