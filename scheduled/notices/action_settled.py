"""That something is done or cancelled, to whoever asked for it, when another person said so."""

from uuid import UUID

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.posts import Post, Text
from scheduled.wording.actions import action_words


def render(occasion: Occasion) -> Post | None:
    """Say who settled what; nothing when it is open again by now."""
    action = occasion.desk.actions.for_notice(occasion.workspace_id, UUID(str(occasion.ids["action_id"])))
    if action is None or action.is_open:
        return None
    words = occasion.words(action=action_words(action, occasion.today), who=str(occasion.ids["by"]))
    return Post(words.summary, (Text(words.text),))


NOTICE = Notice(NoticeKind.ACTION_SETTLED, confidential=True, render=render)
