"""What became of a risk, to whoever raised it."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import change_of, details, issue_of, who_did
from scheduled.posts import Post, Text
from scheduled.wording import brief
from scheduled.wording.risks import risk_words


def render(occasion: Occasion) -> Post | None:
    """Thank the person, and say who decided what."""
    change = change_of(occasion)
    if change is None:
        return None
    words = occasion.words(
        **who_did(change),
        risk=risk_words(change.after, occasion.day_at(change.after.timezone)),
        before=risk_words(change.before, occasion.day_at(change.before.timezone)),
        reason=brief(change.entry.reason),
        issue=issue_of(occasion, change),
    )
    return Post(words.summary, (Text(words.text),), (details(change.after),))


NOTICE = Notice(NoticeKind.RISK_OUTCOME, confidential=True, render=render)
