"""What people do to a risk's state: each move, where it leads, and who may make it."""

from enum import StrEnum

from models.rules.access import Capability
from models.rules.risks.states import TRANSITIONS, RiskStatus


class RiskMove(StrEnum):
    """One thing that a person does to a risk's state."""

    ACCEPT = "accept"
    ESCALATE = "escalate"
    HAPPENED = "happened"
    REOPEN = "reopen"
    CLOSE = "close"
    REJECT = "reject"


_M, _S = RiskMove, RiskStatus

CAPABILITIES = {
    _M.ACCEPT: Capability.ACCEPT_RISK,
    _M.ESCALATE: Capability.ESCALATE_RISK,
    _M.HAPPENED: Capability.MARK_RISK_HAPPENED,
    _M.REOPEN: Capability.REOPEN_RISK,
    _M.CLOSE: Capability.CLOSE_RISK,
    _M.REJECT: Capability.REJECT_RISK,
}
ACTIONS = {
    _M.ACCEPT: "accepted",
    _M.ESCALATE: "escalated",
    _M.HAPPENED: "happened",
    _M.REOPEN: "reopened",
    _M.CLOSE: "closed",
    _M.REJECT: "rejected",
}
"""What the history calls a move that was made."""

ENDING = frozenset({_M.CLOSE, _M.REJECT})
"""What may still be done where the project is over: nobody works on its risks, but they may be ended."""

_TARGETS = {
    _M.ACCEPT: _S.ACCEPTED,
    _M.ESCALATE: _S.ESCALATED,
    _M.HAPPENED: _S.OCCURRED,
    _M.REOPEN: _S.OPEN,
    _M.CLOSE: _S.CLOSED,
    _M.REJECT: _S.REJECTED,
}


def target_of(move: RiskMove, current: RiskStatus) -> RiskStatus:
    """Return the state that the move leads to; what was rejected is judged anew when it is reopened."""
    if move is RiskMove.REOPEN and current is RiskStatus.REJECTED:
        return RiskStatus.PROPOSED
    return _TARGETS[move]


def moves_from(current: RiskStatus) -> tuple[RiskMove, ...]:
    """Return the moves that may be made; a proposed risk is opened by scoring it, which is no move."""
    return tuple(
        move
        for move in RiskMove
        if target_of(move, current) in TRANSITIONS[current]
        and not (move is RiskMove.REOPEN and current is RiskStatus.PROPOSED)
    )
