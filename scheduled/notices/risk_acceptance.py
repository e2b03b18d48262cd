"""That somebody asks for leave to accept a grave risk, to the delivery managers; kept to the answer."""

from models.rules.delivery import NoticeKind, Operation
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import details, is_over, risk_of
from scheduled.posts import Button, ButtonStyle, Intent, Post, Text
from scheduled.wording import brief
from scheduled.wording.risks import risk_words


def render(occasion: Occasion) -> Post | None:
    """Ask, or say what the answer was."""
    risk = risk_of(occasion)
    if risk is None or (occasion.operation is Operation.POST and risk.acceptance_asked_by is None):
        return None
    asked = occasion.desk.risks.latest(occasion.workspace_id, risk.id, "acceptance_asked")
    words = occasion.words(
        risk=risk_words(risk, occasion.day_at(risk.timezone)),
        asker=risk.acceptance_asked_by.name if risk.acceptance_asked_by else None,
        reason=brief(asked.reason) if asked else "",
        is_over=is_over(risk),
    )
    if risk.acceptance_asked_by is None:
        return Post(words.summary, (Text(words.text),), (details(risk),))
    buttons = (
        Button("Approve", Intent.RISK_APPROVE, risk.id, ButtonStyle.PRIMARY),
        Button("Not yet", Intent.RISK_NOT_YET, risk.id),
        details(risk),
    )
    return Post(words.summary, (Text(words.text),), buttons)


NOTICE = Notice(NoticeKind.RISK_ACCEPTANCE, confidential=True, render=render)
