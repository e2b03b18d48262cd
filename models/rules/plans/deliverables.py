"""A deliverable's life: due, submitted, accepted or rejected, and then submitted again.

Source: acceptance as delivery organisations keep it: who said so, when, and on what evidence.
"""

from collections.abc import Mapping
from enum import StrEnum


class DeliverableState(StrEnum):
    """Where a deliverable stands."""

    DUE = "due"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


_S = DeliverableState

DELIVERABLE_WORDS: Mapping[DeliverableState, str] = {state: state.value for state in DeliverableState}
"""The states as people read them."""

DELIVERABLE_MOVES: Mapping[DeliverableState, frozenset[DeliverableState]] = {
    _S.DUE: frozenset({_S.SUBMITTED}),
    _S.SUBMITTED: frozenset({_S.ACCEPTED, _S.REJECTED}),
    _S.REJECTED: frozenset({_S.SUBMITTED}),
    _S.ACCEPTED: frozenset(),
}
"""What may follow. Taking something back is another matter: see ``before``."""


def may_follow(current: DeliverableState, target: DeliverableState) -> bool:
    """Tell whether a deliverable may go from the one state to the other."""
    return target in DELIVERABLE_MOVES[current]


def before(current: DeliverableState, rejections: int) -> DeliverableState | None:
    """Return the state that taking back the last step leads to; None where there was no step.

    ``rejections`` says how often it was rejected: it may have been submitted again after that.
    """
    if current is _S.SUBMITTED:
        return _S.REJECTED if rejections else _S.DUE
    return _S.SUBMITTED if current in {_S.ACCEPTED, _S.REJECTED} else None
