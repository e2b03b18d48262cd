"""What became of a risk, to whoever raised it."""

import re

from models.rules.delivery import NoticeKind
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind
from models.services.risks.readings import RiskChange
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import change_of, details, issue_of, who_did
from scheduled.posts import Post, Text
from scheduled.wording import brief
from scheduled.wording.risks import risk_words

_KEPT_ELSEWHERE = re.compile(
    r"\b(?:duplicates?|doubles?|dupe?|same as|merged|superseded|replaced"
    r"|(?:[a-z][a-z0-9]+-)?(?:r|i|a|dep|dec)\d+)\b",
    re.IGNORECASE,
)
"""Words of a reason that name another record, or say that there is one."""


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
        is_good_news=_is_good_news(change),
        is_yours=change.after.owner == change.after.raised_by,
    )
    return Post(words.summary, (Text(words.text),), (details(change.after),))


def _is_good_news(change: RiskChange) -> bool:
    """Tell whether a threat is gone: it did not happen, and is not just kept under another name."""
    is_gone = (
        change.before.status is not RiskStatus.OCCURRED
        and _KEPT_ELSEWHERE.search(change.entry.reason) is None
    )
    return is_gone and change.after.kind is RiskKind.THREAT


NOTICE = Notice(NoticeKind.RISK_OUTCOME, confidential=True, render=render)
