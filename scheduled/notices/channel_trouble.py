"""That a channel does not get its messages, and what to do, to whoever it concerns."""

from uuid import UUID

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.posts import Post, Small, Text


def render(occasion: Occasion) -> Post | None:
    """Say what is not there, why, and how to mend it."""
    ids = occasion.ids
    step_id = ids.get("step_id")
    step = occasion.desk.rituals.step(occasion.workspace_id, UUID(str(step_id))) if step_id else None
    words = occasion.words(
        name=step.ritual.name if step else "",
        channel=ids["channel_id"],
        trouble=ids["trouble"],
        why=ids["why"],
    )
    return Post(words.summary, (Text(words.text), Small(words.small)))


NOTICE = Notice(NoticeKind.CHANNEL_TROUBLE, confidential=True, render=render)
