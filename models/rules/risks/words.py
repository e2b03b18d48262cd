"""The closed sets a risk's fields choose from, and which response fits which kind."""

from enum import StrEnum

from models.rules.risks.scoring import IMPACT_WORDS, SeverityBand
from models.rules.risks.states import STATUS_WORDS, RiskStatus


class RiskKind(StrEnum):
    """Something that would hurt, or something that would help."""

    THREAT = "threat"
    OPPORTUNITY = "opportunity"


class RiskCategory(StrEnum):
    """What part of the delivery a risk touches."""

    SCHEDULE = "schedule"
    SCOPE = "scope"
    BUDGET = "budget"
    QUALITY = "quality"
    PEOPLE = "people"
    CLIENT = "client"
    SUPPLIER = "supplier"
    TECHNICAL = "technical"
    SECURITY_LEGAL = "security_legal"
    COMMERCIAL = "commercial"


class ResponseStrategy(StrEnum):
    """What we mean to do about a risk."""

    AVOID = "avoid"
    MITIGATE = "mitigate"
    TRANSFER = "transfer"
    ACCEPT = "accept"
    ESCALATE = "escalate"
    EXPLOIT = "exploit"
    ENHANCE = "enhance"
    SHARE = "share"


class Proximity(StrEnum):
    """How soon it may happen."""

    IMMINENT = "imminent"
    WITHIN_A_MONTH = "within_a_month"
    WITHIN_A_QUARTER = "within_a_quarter"
    LATER = "later"


class Visibility(StrEnum):
    """Who may see a record: the whole organisation's team, or the project's own roles only."""

    TEAM = "team"
    RESTRICTED = "restricted"


IMPACT_WORDS_OF = {
    RiskKind.THREAT: IMPACT_WORDS,
    RiskKind.OPPORTUNITY: {1: "Negligible", 2: "Small", 3: "Noticeable", 4: "Big", 5: "Huge"},
}
"""How bad, or how good, in words."""


def band_word(kind: RiskKind, band: SeverityBand) -> str:
    """Return the band as people read it, such as "High"; what is good is never critical."""
    is_top = kind is RiskKind.OPPORTUNITY and band is SeverityBand.CRITICAL
    return "Very high" if is_top else band.word


def status_word(kind: RiskKind, status: RiskStatus) -> str:
    """Return the state as people read it."""
    is_refused = kind is RiskKind.OPPORTUNITY and status is RiskStatus.REJECTED
    return "not an opportunity" if is_refused else STATUS_WORDS[status]


_R = ResponseStrategy

STRATEGY_WORDS = {
    _R.AVOID: "Avoid",
    _R.MITIGATE: "Reduce",
    _R.TRANSFER: "Pass on",
    _R.ACCEPT: "Accept",
    _R.ESCALATE: "Escalate",
    _R.EXPLOIT: "Make it happen",
    _R.ENHANCE: "Make it likelier",
    _R.SHARE: "Share",
}
"""The responses as people read them."""

GIVE_OWNER = "Give it an owner"
"""What to do with a risk that is scored and nobody's."""

STRATEGIES: dict[RiskKind, tuple[ResponseStrategy, ...]] = {
    RiskKind.THREAT: (_R.AVOID, _R.MITIGATE, _R.TRANSFER, _R.ACCEPT, _R.ESCALATE),
    RiskKind.OPPORTUNITY: (_R.EXPLOIT, _R.ENHANCE, _R.SHARE, _R.ACCEPT, _R.ESCALATE),
}


MOVING = frozenset({_R.ACCEPT, _R.ESCALATE})
"""Strategies that are decisions about the risk's state, and ask for no action."""

TREATING = {kind: tuple(each for each in found if each not in MOVING) for kind, found in STRATEGIES.items()}
"""Strategies that ask for something to be done, by kind."""


def fits(kind: RiskKind, strategy: ResponseStrategy) -> bool:
    """Tell whether the strategy answers that kind of risk."""
    return strategy in STRATEGIES[kind]
