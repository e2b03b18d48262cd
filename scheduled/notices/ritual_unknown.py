"""That nothing comes of a ritual whose kind only another version knows, to whoever it belongs to."""

from uuid import UUID

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.posts import Button, Intent, Post, Small, Text
from scheduled.rituals import discover


def render(occasion: Occasion) -> Post | None:
    """Say why, and what to do; nothing once it rests or is known again."""
    ritual_id = UUID(str(occasion.ids["ritual_id"]))
    setup = occasion.desk.rituals.setup(occasion.workspace_id, ritual_id, occasion.now)
    if setup is None or setup.ritual.kind in discover() or setup.rest is not None:
        return None
    words = occasion.words(name=setup.reference)
    show = Button("Show it", Intent.RITUAL_SHOW, setup.id)
    return Post(words.summary, (Text(words.text), Small(words.small)), (show,))


NOTICE = Notice(NoticeKind.RITUAL_UNKNOWN, confidential=True, render=render)
