"""What a delivery manager answered, to whoever asked for leave to accept a risk."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import change_of, details, respond, who_did
from scheduled.posts import Post, Text
from scheduled.wording import brief
from scheduled.wording.risks import risk_words


def render(occasion: Occasion) -> Post | None:
    """Say yes, not yet, or that the question is gone since the risk changed."""
    change = change_of(occasion)
    if change is None:
        return None
    is_refused = change.entry.action == "acceptance_refused"
    words = occasion.words(
        **who_did(change),
        risk=risk_words(change.after, occasion.day_at(change.after.timezone)),
        reason=brief(change.entry.reason),
        is_refused=is_refused,
    )
    buttons = (respond(change.after), details(change.after)) if is_refused else (details(change.after),)
    return Post(words.summary, (Text(words.text),), buttons)


NOTICE = Notice(NoticeKind.RISK_ANSWERED, confidential=True, render=render)
