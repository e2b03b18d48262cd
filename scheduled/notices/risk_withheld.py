"""A risk that its channel must not see, told directly to the project's leads and its raiser."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import details, risk_of
from scheduled.posts import Post, Small, Text
from scheduled.wording.risks import risk_words


def render(occasion: Occasion) -> Post | None:
    """Say which risk, why the channel does not have it, and what to do."""
    risk = risk_of(occasion)
    if risk is None:
        return None
    words = occasion.words(
        risk=risk_words(risk, occasion.day_at(risk.timezone)),
        channel=occasion.ids["channel_id"],
        refusal=occasion.ids["refusal"],
    )
    return Post(words.summary, (Text(words.text), Small(words.small)), (details(risk),))


NOTICE = Notice(NoticeKind.RISK_WITHHELD, confidential=True, render=render)
