"""Works out the risk in the state that follows, or says why it does not; touches no database."""

from models.errors import IncompleteTransition, Invalid, RefusedTransition
from models.read_models import RiskView
from models.rules.risks.moves import RiskMove, target_of
from models.rules.risks.scoring import GRAVE_FROM
from models.rules.risks.states import (
    LIVE,
    TRANSITIONS,
    Missing,
    RiskFacts,
    RiskStatus,
    allowed_next,
    missing_for,
)
from models.rules.risks.words import ResponseStrategy
from models.services.risks.checking import check_strategy
from models.value import replace

_ANSWERS = {RiskMove.ACCEPT: ResponseStrategy.ACCEPT, RiskMove.ESCALATE: ResponseStrategy.ESCALATE}

_FIELD_OF = {Missing.PROBABILITY: "probability", Missing.IMPACT: "impact", Missing.OWNER: "owner_id"}

_STILL_NEEDED = {
    Missing.PROBABILITY: "Say how likely it is; only a proposed risk can go without.",
    Missing.IMPACT: "Say how bad it would be; only a proposed risk can go without.",
    Missing.OWNER: "Choose an owner; only a proposed risk can go without.",
}


def responded(risk: RiskView, strategy: ResponseStrategy, *, has_dated_action: bool) -> RiskView:
    """Return the risk being worked on. Raises Invalid, RefusedTransition, IncompleteTransition."""
    check_strategy(risk.kind, strategy)
    after = replace(risk, strategy=strategy, next_review_on=None, acceptance_asked_by=None)
    if risk.status is RiskStatus.TREATING:
        return after
    require_transition(after, RiskStatus.TREATING, has_dated_action=has_dated_action)
    return replace(after, status=RiskStatus.TREATING)


def moved(risk: RiskView, move: RiskMove, reason: str, *, is_approved: bool) -> RiskView:
    """Return the risk after the move; ``is_approved`` says that a delivery manager stands behind it.

    Raises RefusedTransition, IncompleteTransition.
    """
    target = target_of(move, risk.status)
    require_transition(risk, target, reason, is_approved=is_approved)
    return settled(
        replace(
            risk,
            status=target,
            strategy=_strategy_after(risk, move),
            closing_reason="" if target in LIVE else reason,
            acceptance_asked_by=None,
        )
    )


def _strategy_after(risk: RiskView, move: RiskMove) -> ResponseStrategy | None:
    """Return what we'll do about it: accepting and escalating are answers, and reopening takes them back."""
    if move in _ANSWERS:
        return _ANSWERS[move]
    is_taken_back = move is RiskMove.REOPEN and risk.strategy in _ANSWERS.values()
    return None if is_taken_back else risk.strategy


def settled(risk: RiskView) -> RiskView:
    """Return the risk in the state that follows from its fields: a proposed one is open once it is complete.

    Raises Invalid when a risk beyond that lost what it needs.
    """
    missing = missing_for(RiskStatus.PROPOSED, RiskStatus.OPEN, _facts(risk))
    if risk.status is RiskStatus.PROPOSED:
        return risk if missing else replace(risk, status=RiskStatus.OPEN)
    if risk.status is not RiskStatus.REJECTED and missing:
        raise Invalid({_FIELD_OF[lack]: _STILL_NEEDED[lack] for lack in missing})
    return risk


def require_transition(
    risk: RiskView,
    target: RiskStatus,
    reason: str = "",
    *,
    is_approved: bool = False,
    has_dated_action: bool = False,
) -> None:
    """Raise RefusedTransition or IncompleteTransition unless the risk may become ``target``."""
    if target not in TRANSITIONS[risk.status]:
        raise RefusedTransition(risk.status, target, allowed_next(risk.status))
    facts = replace(
        _facts(risk),
        reason=reason,
        approved_by_delivery_manager=is_approved,
        has_dated_action=has_dated_action,
    )
    missing = missing_for(risk.status, target, facts)
    if missing:
        raise IncompleteTransition(target, missing)


def _facts(risk: RiskView) -> RiskFacts:
    return RiskFacts(
        probability=risk.probability,
        impact=risk.impact,
        has_owner=risk.owner is not None,
        has_strategy=risk.strategy is not None,
        is_high_or_critical=risk.reaches(GRAVE_FROM),
    )
