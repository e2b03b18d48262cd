"""A change of a risk's score or state, in the thread of its announcement."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import change_of, is_for_the_team, issue_of, tell_the_project, who_did
from scheduled.posts import Post, Text
from scheduled.wording import brief
from scheduled.wording.risks import risk_words


def render(occasion: Occasion) -> Post | None:
    """Say in one line who changed what."""
    change = change_of(occasion)
    if change is None or not is_for_the_team(change.after):
        return None
    words = occasion.words(
        **who_did(change),
        risk=risk_words(change.after, occasion.day_at(change.after.timezone)),
        before=risk_words(change.before, occasion.day_at(change.before.timezone)),
        reason=brief(change.entry.reason),
        issue=issue_of(occasion, change),
    )
    return Post(words.summary, (Text(words.text),))


NOTICE = Notice(NoticeKind.RISK_CHANGED, confidential=True, render=render, instead=tell_the_project)
