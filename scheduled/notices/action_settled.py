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
    words = occasion.words(action=action_words(action, occasion.today), who=_who(occasion))
    return Post(words.summary, (Text(words.text),))


def _who(occasion: Occasion) -> str:
    if "by_id" not in occasion.ids:
        return str(occasion.ids["by"])  # As messages of version 0.1.0 have it.
    by_id = UUID(str(occasion.ids["by_id"]))
    return occasion.desk.people.names(occasion.workspace_id, [by_id])[by_id].name


NOTICE = Notice(NoticeKind.ACTION_SETTLED, confidential=True, render=render)
