"""Risks that are to be looked at again, to whoever owns them."""

from datetime import date

from models.read_models import RiskView
from models.rules.risks.states import JUDGED
from models.services.mornings.planning import Contribution
from models.services.risks.mornings import KIND, gather
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent
from scheduled.wording import plain_day
from scheduled.wording.risks import risk_words


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show what nobody has looked at yet, the gravest first, and name what was since."""
    message = occasion.message
    found = message.desk.risks.of(message.workspace_id, [item.entity_id for item in occasion.items])
    named = [found[item.entity_id] for item in occasion.items if item.entity_id in found]
    waiting = [risk for risk in named if _waits(occasion, risk)]
    done = [str(risk.reference) for risk in named if not _waits(occasion, risk)]
    return MorningPart(
        occasion.words("heading", count=len(waiting)).text if waiting else "",
        tuple(_line(occasion, risk, risk.next_review_on) for risk in waiting if risk.next_review_on),
        occasion.words("done", references=done).text if done else "",
    )


def _waits(occasion: MorningOccasion, risk: RiskView) -> bool:
    """Tell whether it is still the person's to look at: not reviewed, settled or handed over since."""
    is_theirs = risk.owner is not None and risk.owner.id == occasion.morning.person.id
    is_due = risk.next_review_on is not None and risk.next_review_on <= occasion.today
    return is_theirs and is_due and risk.status in JUDGED and not risk.is_withdrawn


def _line(occasion: MorningOccasion, risk: RiskView, review_on: date) -> MorningLine:
    words = occasion.words(
        "line",
        risk=risk_words(risk, occasion.today),
        is_today=review_on == occasion.today,
        review=plain_day(review_on, occasion.today),
    )
    return MorningLine(words.text, Button("Review", Intent.RISK_DETAILS, risk.id))


MORNING = MorningPiece(Contribution("risk_review", gather, ritual=KIND), rank=50, draw=draw)
