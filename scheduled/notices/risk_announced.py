"""A risk in its project's channel, kept to what it is now."""

from models.rules.delivery import NoticeKind, Operation
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import (
    details,
    give_owner,
    is_for_the_team,
    is_over,
    risk_of,
    tell_the_project,
    update,
)
from scheduled.posts import Post, Text
from scheduled.wording.risks import risk_words


def render(occasion: Occasion) -> Post | None:
    """Draw the risk as it stands; one that is over before it was announced is not announced any more."""
    risk = risk_of(occasion)
    if risk is None or not is_for_the_team(risk):
        return None
    if is_over(risk) and occasion.operation is Operation.POST:
        return None
    words = occasion.words(risk=risk_words(risk, occasion.day_at(risk.timezone)))
    buttons = (details(risk),) if is_over(risk) else (*give_owner(risk), update(risk), details(risk))
    return Post(words.summary, (Text(words.text),), buttons)


NOTICE = Notice(NoticeKind.RISK_ANNOUNCED, confidential=True, render=render, instead=tell_the_project)
