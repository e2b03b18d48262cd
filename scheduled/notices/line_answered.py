"""The answer to a line that somebody wrote to the bot: what it could become, or what to type."""

from uuid import UUID

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.posts import Button, ButtonStyle, Intent, Post, Quote, Small, Text


def render(occasion: Occasion) -> Post | None:
    """Offer to log the line, or say what to type; nothing once the line is forgotten."""
    named = occasion.ids.get("draft_id")
    if named is None:
        words = occasion.words(is_kept=False)
        return Post(words.summary, (Text(words.text), Small(words.small)))
    draft = occasion.desk.drafts.for_notice(occasion.workspace_id, UUID(str(named)))
    if draft is None:
        return None
    words = occasion.words(is_kept=True)
    log = Button("Log it as a risk", Intent.DRAFT_RISK, draft.id, ButtonStyle.PRIMARY)
    return Post(words.summary, (Text(words.text), Quote(draft.text), Small(words.small)), (log,))


NOTICE = Notice(NoticeKind.LINE_ANSWERED, confidential=True, render=render)
