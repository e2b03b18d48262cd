"""Risks that are scored and nobody's, to whoever is to give them an owner."""

from models.read_models import RiskView
from models.rules.risks.words import GIVE_OWNER
from models.services.mornings.planning import Contribution
from models.services.risks.mornings import KIND, gather_unowned
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent
from scheduled.wording.risks import risk_words


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show what nobody owns yet, the gravest first, and name what somebody has seen to since."""
    message = occasion.message
    found = message.desk.risks.of(message.workspace_id, [item.entity_id for item in occasion.items])
    named = [found[item.entity_id] for item in occasion.items if item.entity_id in found]
    waiting = [risk for risk in named if risk.lacks_owner and not risk.is_withdrawn]
    owned = [str(risk.reference) for risk in named if risk.owner is not None]
    return MorningPart(
        occasion.words("heading", count=len(waiting)).text if waiting else "",
        tuple(_line(occasion, risk) for risk in waiting),
        occasion.words("done", references=owned).text if owned else "",
    )


def _line(occasion: MorningOccasion, risk: RiskView) -> MorningLine:
    words = occasion.words("line", risk=risk_words(risk, occasion.today))
    return MorningLine(words.text, Button(GIVE_OWNER, Intent.RISK_SCORE, risk.id))


MORNING = MorningPiece(Contribution("unowned_risks", gather_unowned, ritual=KIND), rank=45, draw=draw)
