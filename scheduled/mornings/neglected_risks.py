"""Risks that nobody looks after in time, to delivery managers; critical ones have a message of their own."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.read_models import ActionView, RiskView
from models.rules.risks.states import JUDGED
from models.services.mornings.planning import Contribution
from models.services.risks.neglected import gather
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent
from scheduled.wording import brief, plain_day
from scheduled.wording.risks import risk_words


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show what still waits for somebody, and name what was seen to since; their own stand elsewhere."""
    message, items = occasion.message, occasion.items
    others = {item.entity_id for item in occasion.morning.items if item not in items}
    risks = message.desk.risks.of(message.workspace_id, [_risk_id(item.detail) for item in items])
    actions = message.desk.actions.of(message.workspace_id, [item.entity_id for item in items])
    found = [
        (risk, actions.get(item.entity_id))
        for item in items
        if item.entity_id not in others and (risk := risks.get(_risk_id(item.detail))) is not None
    ]
    waiting = [each for each in found if _waits(occasion, *each)]
    done = dict.fromkeys(str(each[0].reference) for each in found if each not in waiting)
    return MorningPart(
        occasion.words("heading", count=len(waiting)).text if waiting else "",
        tuple(_line(occasion, *each) for each in waiting),
        occasion.words("done", references=list(done)).text if done else "",
    )


def _risk_id(detail: Mapping[str, Any]) -> UUID:
    return UUID(str(detail["risk_id"]))


def _waits(occasion: MorningOccasion, risk: RiskView, action: ActionView | None) -> bool:
    """Tell whether it is still to be looked at: not reviewed, done, moved or over since."""
    if risk.status not in JUDGED or risk.is_withdrawn:
        return False
    today = occasion.today
    return risk.is_stale(today) if action is None else action.is_open and action.days_late(today) > 0


def _line(occasion: MorningOccasion, risk: RiskView, action: ActionView | None) -> MorningLine:
    words = occasion.words(
        "line",
        risk=risk_words(risk, occasion.today),
        action=brief(action.title) if action else None,
        owner=action.owner.name if action else None,
        due=plain_day(action.due_on, occasion.today) if action else None,
    )
    return MorningLine(words.text, Button("Details", Intent.RISK_DETAILS, risk.id))


MORNING = MorningPiece(Contribution("neglected_risks", gather), rank=42, draw=draw)
