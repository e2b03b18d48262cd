"""A risk's life: the states, who may follow whom, and what must be true first."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from models.value import Value


class RiskStatus(StrEnum):
    """Where a risk stands."""

    PROPOSED = "proposed"
    OPEN = "open"
    TREATING = "treating"
    ACCEPTED = "accepted"
    ESCALATED = "escalated"
    OCCURRED = "occurred"
    CLOSED = "closed"
    REJECTED = "rejected"


_S = RiskStatus

STATUS_WORDS = {
    _S.PROPOSED: "waiting for a score",
    _S.OPEN: "open",
    _S.TREATING: "being worked on",
    _S.ACCEPTED: "accepted",
    _S.ESCALATED: "escalated",
    _S.OCCURRED: "happened",
    _S.CLOSED: "closed",
    _S.REJECTED: "not a risk",
}
"""The states as people read them."""

TRANSITIONS: dict[RiskStatus, frozenset[RiskStatus]] = {
    _S.PROPOSED: frozenset({_S.OPEN, _S.REJECTED}),
    _S.OPEN: frozenset({_S.TREATING, _S.ACCEPTED, _S.ESCALATED, _S.OCCURRED, _S.CLOSED}),
    _S.TREATING: frozenset({_S.OPEN, _S.ACCEPTED, _S.ESCALATED, _S.OCCURRED, _S.CLOSED}),
    _S.ACCEPTED: frozenset({_S.OPEN, _S.ESCALATED, _S.OCCURRED, _S.CLOSED}),
    _S.ESCALATED: frozenset({_S.OPEN, _S.TREATING, _S.ACCEPTED, _S.OCCURRED, _S.CLOSED}),
    _S.OCCURRED: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset({_S.OPEN}),
    _S.REJECTED: frozenset({_S.PROPOSED}),
}

LIVE = frozenset({_S.PROPOSED, _S.OPEN, _S.TREATING, _S.ACCEPTED, _S.ESCALATED, _S.OCCURRED})
"""States that still need somebody: what a list shows unless asked for more."""

JUDGED = LIVE - {_S.PROPOSED}
"""Those of them in which somebody who may has said how likely and how bad it is."""


_GIVES_REASON = frozenset({_S.ESCALATED, _S.CLOSED})
"""States that nobody enters without saying why."""


def is_treatable(status: RiskStatus) -> bool:
    """Tell whether a response may be planned: the risk is worked on already, or may be from here."""
    return status is RiskStatus.TREATING or RiskStatus.TREATING in TRANSITIONS[status]


UNDO_WITHIN = timedelta(hours=1)
"""How long whoever logged a risk may take it back; later it is closed, with a reason."""


def is_undoable(status: RiskStatus, raised_at: datetime, now: datetime) -> bool:
    """Tell whether a risk that nobody else has worked on is young enough to be taken back."""
    return status in {RiskStatus.PROPOSED, RiskStatus.OPEN} and now - raised_at <= UNDO_WITHIN


class Missing(StrEnum):
    """What a transition may still lack; each names the field to fill."""

    PROBABILITY = "probability"
    IMPACT = "impact"
    OWNER = "owner"
    REASON = "reason"
    STRATEGY = "strategy"
    DATED_ACTION = "dated_action"
    DELIVERY_MANAGER = "delivery_manager"


class RiskFacts(Value):
    """What the guards look at: the risk as it would be after the change."""

    probability: int | None = None
    impact: int | None = None
    has_owner: bool = False
    reason: str = ""
    has_strategy: bool = False
    has_dated_action: bool = False
    is_high_or_critical: bool = False
    approved_by_delivery_manager: bool = False


def allowed_next(status: RiskStatus) -> tuple[RiskStatus, ...]:
    """Return the states that may follow, in the order of the life cycle."""
    return tuple(candidate for candidate in RiskStatus if candidate in TRANSITIONS[status])


def missing_for(current: RiskStatus, target: RiskStatus, facts: RiskFacts) -> tuple[Missing, ...]:
    """Return what the allowed transition current → target still lacks; empty when it may go ahead."""
    return tuple(_missing(current, target, facts))


def _missing(current: RiskStatus, target: RiskStatus, facts: RiskFacts) -> Iterator[Missing]:
    if target is RiskStatus.OPEN:
        if facts.probability is None:
            yield Missing.PROBABILITY
        if facts.impact is None:
            yield Missing.IMPACT
        if not facts.has_owner:
            yield Missing.OWNER
    if target is RiskStatus.TREATING:
        if not facts.has_strategy:
            yield Missing.STRATEGY
        if not facts.has_dated_action:
            yield Missing.DATED_ACTION
    accepts_grave_risk = target is RiskStatus.ACCEPTED and facts.is_high_or_critical
    if accepts_grave_risk and not facts.approved_by_delivery_manager:
        yield Missing.DELIVERY_MANAGER
    needs_reason = target in _GIVES_REASON or current is RiskStatus.CLOSED
    if needs_reason and not facts.reason.strip():
        yield Missing.REASON
