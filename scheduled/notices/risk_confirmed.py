"""A risk that was logged in the form, confirmed to its raiser alone."""

from models.read_models import RiskView
from models.rules.delivery import NoticeKind
from models.rules.projects.turns import will_words
from models.rules.risks.states import RiskStatus
from models.services.standing import turn_of
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import risk_of, score
from scheduled.posts import Button, Intent, Post, Text
from scheduled.wording import plain_day
from scheduled.wording.risks import risk_words


def render(occasion: Occasion) -> Post | None:
    """Say under which name the risk was logged, who will look at it, and what is there in the same words."""
    risk = risk_of(occasion)
    if risk is None:
        return None
    who = _who_judges(occasion, risk)
    today, alike = occasion.day_at(risk.timezone), occasion.desk.risks.alike(risk)
    words = occasion.words(
        risk=risk_words(risk, today),
        who_judges=who,
        alike=risk_words(alike, today) if alike else None,
        is_theirs=alike is not None and alike.raised_by.id == risk.raised_by.id,
    )
    buttons = (
        *([score(risk)] if who is None and risk.status is RiskStatus.PROPOSED else []),
        Button("Edit", Intent.RISK_EDIT, risk.id),
        Button("Undo", Intent.RISK_UNDO, risk.id),
    )
    return Post(words.summary, (Text(words.text),), buttons)


def _who_judges(occasion: Occasion, risk: RiskView) -> str | None:
    """Return who will judge the risk, and who is away meanwhile; None where that is who raised it."""
    turn = turn_of(occasion.desk.risks.roles(occasion.workspace_id, risk.project_id), occasion.today)
    if turn.includes(risk.raised_by):
        return None
    until = plain_day(turn.until, occasion.today) if turn.until else ""
    task = "score it" if risk.band is None else "see to it"
    return will_words(
        [each.name for each in turn.asked], [each.person.name for each in turn.absent], until, task
    )


NOTICE = Notice(NoticeKind.RISK_CONFIRMED, confidential=False, render=render)
