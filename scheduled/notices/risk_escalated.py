"""A risk that needs those above the project, to the delivery managers; kept to what became of it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from models.read_models import RiskView
from models.rules.delivery import NoticeKind, Operation
from models.rules.risks.escalation import GRAVE, EscalationEvent
from models.rules.risks.states import RiskStatus
from models.services.risks.readings import RiskChange
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import change_of, details, is_over, judge, risk_of, update, who_did
from scheduled.posts import Button, Post, Text
from scheduled.wording import brief, plain_day
from scheduled.wording.risks import risk_words

_WAITING = {
    EscalationEvent.BY_CHOICE: RiskStatus.ESCALATED,
    EscalationEvent.UNANSWERED: RiskStatus.PROPOSED,
}
"""Events that are over as soon as the risk is in another state."""


def render(occasion: Occasion) -> Post | None:
    """Say what needs them and why; later, that it needs nobody any more."""
    risk, change = risk_of(occasion), change_of(occasion)
    is_new = occasion.operation is Operation.POST
    if risk is None or (is_new and is_over(risk)):
        return None
    events = tuple(event for event in map(EscalationEvent, occasion.ids["events"]) if _holds(event, risk))
    is_settled = not is_new and not (events and _still_matters(risk))
    told = who_did(change) if change else {"who": "Somebody", "did": "", "how": ""}
    words = occasion.words(
        **told,
        risk=risk_words(risk, occasion.day_at(risk.timezone)),
        is_settled=is_settled,
        is_by_choice=EscalationEvent.BY_CHOICE in events,
        why=" ".join(_why(occasion, events, change, risk)),
        reason=brief(change.entry.reason) if change else "",
        raised_at=risk.raised_at if EscalationEvent.UNANSWERED in events else None,
    )
    return Post(words.summary, (Text(words.text),), _buttons(risk, is_settled=is_settled))


def _buttons(risk: RiskView, *, is_settled: bool) -> tuple[Button, ...]:
    if is_settled:
        return (details(risk),)
    return judge(risk) if risk.status is RiskStatus.PROPOSED else (details(risk), update(risk))


def _still_matters(risk: RiskView) -> bool:
    if risk.status is RiskStatus.ESCALATED:
        return True
    return risk.band in GRAVE and not is_over(risk) and risk.status is not RiskStatus.ACCEPTED


def _holds(event: EscalationEvent, risk: RiskView) -> bool:
    """Tell whether it can still be said: nobody asks for help, or waits for an answer, once they have it."""
    return event not in _WAITING or risk.status is _WAITING[event]


def _why(
    occasion: Occasion, events: tuple[EscalationEvent, ...], change: RiskChange | None, risk: RiskView
) -> Iterator[str]:
    """Yield a sentence for each event; what somebody waits for is said apart."""
    for event in events:
        match event:
            case EscalationEvent.BECAME_CRITICAL:
                yield "It is critical now."
            case EscalationEvent.WORST_IMPACT:
                yield "It would hit as hard as can be."
            case EscalationEvent.IMMINENT:
                yield "It may happen any day."
            case EscalationEvent.SCORE_ROSE:
                yield _rise(change)
            case EscalationEvent.UNREVIEWED:
                yield _unreviewed(risk, occasion)
            case EscalationEvent.RESPONSE_LATE:
                yield from _late(occasion, occasion.day_at(risk.timezone))
            case EscalationEvent.BY_CHOICE | EscalationEvent.UNANSWERED:
                pass


def _rise(change: RiskChange | None) -> str:
    if change is None or change.before.score is None:
        return "Its score rose a lot."
    return f"Its score rose from {change.before.score} to {change.after.score}."


def _unreviewed(risk: RiskView, occasion: Occasion) -> str:
    today = occasion.day_at(risk.timezone)
    if risk.next_review_on is None or not risk.is_stale(today):
        return "Its review was long overdue."
    return f"Its review was due {plain_day(risk.next_review_on, today)}."


def _late(occasion: Occasion, today: date) -> Iterator[str]:
    """Yield which actions are late; what was done or moved meanwhile needs nobody any more."""
    for action_id in occasion.ids.get("late", ()):
        action = occasion.desk.actions.for_notice(occasion.workspace_id, UUID(str(action_id)))
        if action is not None and action.days_late(today):
            yield f"“{brief(action.title)}” ({action.owner.name}) was due {plain_day(action.due_on, today)}."


NOTICE = Notice(NoticeKind.RISK_ESCALATED, confidential=True, render=render)
