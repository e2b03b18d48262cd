"""A risk that was logged in the form, confirmed to its raiser alone."""

from models.read_models import RiskView
from models.rules.access import ProjectRole
from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import risk_of
from scheduled.posts import Button, Confirm, Intent, Post, Text
from scheduled.wording.risks import risk_words


def render(occasion: Occasion) -> Post | None:
    """Say under which name the risk was logged, and who will look at it."""
    risk = risk_of(occasion)
    if risk is None:
        return None
    words = occasion.words(risk=risk_words(risk, occasion.today), manager=_manager(occasion, risk))
    buttons = (
        Button("Edit", Intent.RISK_EDIT, risk.id),
        Button("Undo", Intent.RISK_UNDO, risk.id, confirm=_take_back(risk)),
    )
    return Post(words.summary, (Text(words.text),), buttons)


def _manager(occasion: Occasion, risk: RiskView) -> str | None:
    """Return who will score the risk, unless that is the person who raised it."""
    for holder in occasion.desk.risks.roles(occasion.workspace_id, risk.project_id):
        is_manager = holder.role is ProjectRole.PROJECT_MANAGER and not holder.is_deputy
        if is_manager and holder.person.id != risk.raised_by.id:
            return holder.person.name
    return None


def _take_back(risk: RiskView) -> Confirm:
    return Confirm(
        title="Take it back?",
        text=f"{risk.reference} goes from every list, and its message from the channel.",
        yes="Take it back",
    )


NOTICE = Notice(NoticeKind.RISK_CONFIRMED, confidential=False, render=render)
