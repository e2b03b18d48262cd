"""A new risk that its project's leads are asked to judge, kept to what became of it."""

from models.read_models import RiskView
from models.rules.delivery import NoticeKind, Operation
from models.rules.risks.states import RiskStatus
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import details, is_over, judge, risk_even_if_withdrawn, update
from scheduled.posts import Button, Post, Quote, Section, Small, Text
from scheduled.wording.risks import risk_words


def render(occasion: Occasion) -> Post | None:
    """Ask for a judgement, and name what is there in the same words; or say what the judgement was."""
    risk = risk_even_if_withdrawn(occasion)
    is_new = occasion.operation is Operation.POST
    if risk is None or (risk.is_withdrawn and is_new):
        return None
    today, outcome = occasion.day_at(risk.timezone), _outcome(risk, occasion, is_new=is_new)
    alike = None if outcome else occasion.desk.risks.alike(risk)
    words = occasion.words(
        risk=risk_words(risk, today), outcome=outcome, alike=risk_words(alike, today) if alike else None
    )
    sections: tuple[Section, ...] = (Text(words.text),)
    if words.small:
        sections += (*_background(risk), Small(words.small))
    return Post(words.summary, sections, _buttons(risk))


def _outcome(risk: RiskView, occasion: Occasion, *, is_new: bool) -> str | None:
    """Return what became of the risk; None while it is to be judged, or is told for the first time."""
    if risk.is_withdrawn:
        return f"taken back by {risk.raised_by.name}"
    if is_over(risk):
        return risk_words(risk, occasion.day_at(risk.timezone)).state
    if is_new or risk.status is RiskStatus.PROPOSED:
        return None
    now = risk_words(risk, occasion.day_at(risk.timezone))
    return f"{now.score} ({now.levels})" if now.score else now.state


def _background(risk: RiskView) -> tuple[Quote, ...]:
    """Return why it may happen and what would follow, where the person said so."""
    told = "\n".join(text for text in (risk.cause, risk.effect) if text)
    return (Quote(told),) if told else ()


def _buttons(risk: RiskView) -> tuple[Button, ...]:
    if risk.is_withdrawn:
        return ()
    if risk.status is RiskStatus.PROPOSED:
        return judge(risk)
    return (details(risk),) if is_over(risk) else (update(risk), details(risk))


NOTICE = Notice(NoticeKind.RISK_PROPOSED, confidential=True, render=render)
