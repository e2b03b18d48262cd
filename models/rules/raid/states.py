"""The lives of issues, assumptions, dependencies and decisions: who may follow whom, and what moves them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from models.rules.raid.words import RaidKind
from models.rules.risks.states import UNDO_WITHIN


class RaidStatus(StrEnum):
    """Where a record stands. Each kind has some of these."""

    OPEN = "open"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"
    MET = "met"
    MISSED = "missed"
    DECIDED = "decided"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"


class RaidMove(StrEnum):
    """One thing that a person does to a record's state."""

    RESOLVE = "resolve"
    CONFIRM = "confirm"
    DOUBT = "doubt"
    WRONG = "wrong"
    MET = "met"
    MISSED = "missed"
    DECIDE = "decide"
    DROP = "drop"
    REOPEN = "reopen"


_K, _S, _M = RaidKind, RaidStatus, RaidMove

RAID_STATUS_WORDS: Mapping[RaidStatus, str] = {
    _S.OPEN: "open",
    _S.RESOLVED: "resolved",
    _S.CONFIRMED: "confirmed",
    _S.DOUBTFUL: "doubtful",
    _S.WRONG: "wrong",
    _S.MET: "met",
    _S.MISSED: "missed",
    _S.DECIDED: "decided",
    _S.SUPERSEDED: "superseded",
    _S.DROPPED: "not needed any more",
}
"""The states as people read them."""

RAID_TRANSITIONS: Mapping[RaidKind, Mapping[RaidStatus, frozenset[RaidStatus]]] = {
    _K.ISSUE: {
        _S.OPEN: frozenset({_S.RESOLVED, _S.DROPPED}),
        _S.RESOLVED: frozenset({_S.OPEN}),
        _S.DROPPED: frozenset({_S.OPEN}),
    },
    _K.ASSUMPTION: {
        _S.OPEN: frozenset({_S.CONFIRMED, _S.DOUBTFUL, _S.WRONG, _S.DROPPED}),
        _S.DOUBTFUL: frozenset({_S.CONFIRMED, _S.WRONG, _S.DROPPED}),
        _S.CONFIRMED: frozenset({_S.OPEN}),
        _S.WRONG: frozenset({_S.OPEN}),
        _S.DROPPED: frozenset({_S.OPEN}),
    },
    _K.DEPENDENCY: {
        _S.OPEN: frozenset({_S.MET, _S.MISSED, _S.DROPPED}),
        _S.MET: frozenset({_S.OPEN}),
        _S.MISSED: frozenset({_S.MET, _S.OPEN}),
        _S.DROPPED: frozenset({_S.OPEN}),
    },
    _K.DECISION: {
        _S.OPEN: frozenset({_S.DECIDED, _S.DROPPED}),
        # What was decided stays as it was: only another decision takes its place.
        _S.DECIDED: frozenset({_S.SUPERSEDED}),
        _S.SUPERSEDED: frozenset(),
        _S.DROPPED: frozenset({_S.OPEN}),
    },
}

TARGETS: Mapping[RaidMove, RaidStatus] = {
    _M.RESOLVE: _S.RESOLVED,
    _M.CONFIRM: _S.CONFIRMED,
    _M.DOUBT: _S.DOUBTFUL,
    _M.WRONG: _S.WRONG,
    _M.MET: _S.MET,
    _M.MISSED: _S.MISSED,
    _M.DECIDE: _S.DECIDED,
    _M.DROP: _S.DROPPED,
    _M.REOPEN: _S.OPEN,
}
"""Where each move leads."""

RAID_ACTIONS: Mapping[RaidMove, str] = {
    _M.RESOLVE: "resolved",
    _M.CONFIRM: "confirmed",
    _M.DOUBT: "doubted",
    _M.WRONG: "found_wrong",
    _M.MET: "met",
    _M.MISSED: "missed",
    _M.DECIDE: "decided",
    _M.DROP: "dropped",
    _M.REOPEN: "reopened",
}
"""What the history calls a move that was made."""

RAID_LIVE = frozenset({_S.OPEN, _S.DOUBTFUL})
"""States that still need somebody: what a list shows unless asked for more."""

FINAL = frozenset({_S.DECIDED, _S.SUPERSEDED})
"""States in which nothing that a record says may change any more."""

ENDINGS = frozenset(set(TARGETS) - {_M.DOUBT, _M.REOPEN})
"""What may still be done where the project is over: nobody works on its records, but they may be ended."""

TAKES_ACTIONS = {
    _K.ISSUE: frozenset({_S.OPEN}),
    # What was decided is to be carried out.
    _K.DECISION: frozenset({_S.OPEN, _S.DECIDED}),
}
"""The kinds, and of each the states, in which somebody may be asked to do something about it."""

NEEDS_NO_WORDS = frozenset({_M.MET})
"""All other moves are made with a sentence: what solved it, how we know, what was decided."""


def allowed_after(kind: RaidKind, status: RaidStatus) -> tuple[RaidStatus, ...]:
    """Return the states that may follow, in the order of the life cycle."""
    following = RAID_TRANSITIONS[kind][status]
    return tuple(candidate for candidate in RaidStatus if candidate in following)


def raid_moves_from(kind: RaidKind, status: RaidStatus) -> tuple[RaidMove, ...]:
    """Return the moves that may be made."""
    following = RAID_TRANSITIONS[kind][status]
    return tuple(move for move in RaidMove if TARGETS[move] in following)


def takes_actions(kind: RaidKind, status: RaidStatus) -> bool:
    """Tell whether somebody may be asked to do something about it."""
    return status in TAKES_ACTIONS.get(kind, frozenset())


def is_young(raised_at: datetime, now: datetime) -> bool:
    """Tell whether whoever logged a record may still take it back."""
    return now - raised_at <= UNDO_WITHIN
