"""A risk that needs those above the project, to the delivery managers."""

from models.rules.delivery import NoticeKind
from models.rules.escalation import EscalationEvent
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import change_of, details, is_over, risk_of, update, who_did
from scheduled.posts import Post, Text
from scheduled.wording import brief, risk_words

WHY = {
    EscalationEvent.BECAME_CRITICAL: "it is critical now",
    EscalationEvent.WORST_IMPACT: "it would hit as hard as can be",
    EscalationEvent.IMMINENT: "it may happen any day",
    EscalationEvent.SCORE_ROSE: "its score rose a lot",
    EscalationEvent.RESPONSE_LATE: "what was to be done about it is more than a week late",
}
"""Why it comes to them; where somebody chose to pass it up, that is said instead."""


def render(occasion: Occasion) -> Post | None:
    """Say what needs them and why; nothing when it is over by now."""
    risk, change = risk_of(occasion), change_of(occasion)
    if risk is None or is_over(risk):
        return None
    events = [EscalationEvent(event) for event in occasion.ids["events"]]
    told = who_did(change) if change else {"who": "Somebody", "did": "", "how": ""}
    words = occasion.words(
        **told,
        risk=risk_words(risk, occasion.today),
        is_by_choice=EscalationEvent.BY_CHOICE in events,
        why=" and ".join(WHY[event] for event in events if event in WHY),
        reason=brief(change.entry.reason) if change else "",
    )
    return Post(words.summary, (Text(words.text),), (details(risk), update(risk)))


NOTICE = Notice(NoticeKind.RISK_ESCALATED, confidential=True, render=render)
