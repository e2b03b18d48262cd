"""An action's life: somebody's promise to do something by a day, wherever it came from."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum


class ActionSource(StrEnum):
    """What an action follows from."""

    RISK = "risk"
    ISSUE = "issue"
    PLAN = "plan"
    MOOD = "mood"
    DECISION = "decision"
    MEETING = "meeting"
    RETROSPECTIVE = "retrospective"
    CSAT = "csat"


class ActionStatus(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


_S = ActionStatus

ACTION_STATUS_WORDS = {_S.OPEN: "open", _S.DONE: "done", _S.CANCELLED: "cancelled"}
"""The states as people read them."""

ACTION_TRANSITIONS: Mapping[ActionStatus, frozenset[ActionStatus]] = {
    _S.OPEN: frozenset({_S.DONE, _S.CANCELLED}),
    _S.DONE: frozenset({_S.OPEN}),
    _S.CANCELLED: frozenset({_S.OPEN}),
}
"""What may follow; back to open is for a mistake, and is kept in the history like all else."""

NEEDS_REASON = frozenset({_S.CANCELLED})
"""States that nobody enters without saying why."""


def may_follow(current: ActionStatus, target: ActionStatus) -> bool:
    """Tell whether an action may go from the one state to the other."""
    return target in ACTION_TRANSITIONS[current]


COUNTS_AS_RESPONSE = frozenset({_S.OPEN, _S.DONE})
"""States in which an action is, or was, something that was done about its source."""


def days_late(due_on: date, today: date) -> int:
    """Return for how many days what was due on a day is late, be it an action or another record; 0 before."""
    return max(0, (today - due_on).days)
