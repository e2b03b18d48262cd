"""What a delivery meeting talks about: why, how much that asks for its time, and in which part of it.

Source: the agendas of delivery meetings that agencies publish; priorities, time boxes and limits are our
defaults.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from uuid import UUID

from models.value import Value


class Cause(StrEnum):
    """Why something is on an agenda."""

    DECISION = "decision"
    """Somebody waits for it."""
    RED = "red"
    CRITICAL_RISK = "critical_risk"
    ESCALATED_RISK = "escalated_risk"
    WATERMELON = "watermelon"
    """Declared green, and something inside says otherwise."""
    MOOD_ALERT = "mood_alert"
    CLIENT_WAITS = "client_waits"
    """Somebody at the client waits for our call for longer than they should."""
    TOPIC = "topic"
    """Somebody wants to talk about it."""
    PLAN_SLIPPED = "plan_slipped"
    AMBER = "amber"
    CARRIED_OVER = "carried_over"
    NO_STATUS = "no_status"
    HIGH_RISK = "high_risk"
    LATE_ACTION = "late_action"
    GATE = "gate"
    """A phase is about to end."""
    MILESTONE = "milestone"
    DELIVERABLE = "deliverable"
    CHECK_DUE = "check_due"
    """A delivery health check is owed."""
    CLIENT_TO_ASK = "client_to_ask"
    """It is time to ask the client how satisfied they are."""
    OPPORTUNITY = "opportunity"
    NO_MEASURE = "no_measure"


_C = Cause

PRIORITIES: Mapping[Cause, int] = {
    _C.DECISION: 100,
    _C.RED: 90,
    _C.CRITICAL_RISK: 80,
    _C.ESCALATED_RISK: 80,
    _C.WATERMELON: 75,
    _C.MOOD_ALERT: 70,
    _C.CLIENT_WAITS: 65,
    _C.TOPIC: 60,
    _C.PLAN_SLIPPED: 55,
    _C.AMBER: 50,
    _C.CARRIED_OVER: 49,
    _C.NO_STATUS: 45,
    _C.HIGH_RISK: 40,
    _C.LATE_ACTION: 30,
    _C.GATE: 20,
    _C.MILESTONE: 20,
    _C.DELIVERABLE: 20,
    _C.CHECK_DUE: 20,
    _C.CLIENT_TO_ASK: 20,
    _C.OPPORTUNITY: 20,
    _C.NO_MEASURE: 20,
}
"""How much each asks for the meeting's time; a late action asks for more with each day."""

MOST_OF_LATE = 49


class Box(StrEnum):
    """A part of the meeting with minutes of its own, in the order in which they were agreed."""

    LATE = "late"
    RED = "red"
    CLOSER = "closer"
    """Amber, greens that hide something, clients who are unhappy."""
    RISKS = "risks"
    TOPICS = "topics"
    AHEAD = "ahead"


class BoxRule(Value):
    """The minutes of a box in a meeting of an hour, and how much of that kind it has room for."""

    minutes: int
    most: int
    causes: frozenset[Cause]
    is_one_line: bool = False
    """Whether all of it stands in one line of the message."""


BOXES: Mapping[Box, BoxRule] = {
    Box.LATE: BoxRule(7, 7, frozenset({_C.CARRIED_OVER, _C.LATE_ACTION}), is_one_line=True),
    Box.RED: BoxRule(15, 3, frozenset({_C.RED})),
    Box.CLOSER: BoxRule(
        10,
        5,
        frozenset({_C.WATERMELON, _C.MOOD_ALERT, _C.CLIENT_WAITS, _C.PLAN_SLIPPED, _C.AMBER, _C.NO_STATUS}),
    ),
    Box.RISKS: BoxRule(10, 4, frozenset({_C.CRITICAL_RISK, _C.ESCALATED_RISK, _C.HIGH_RISK})),
    Box.TOPICS: BoxRule(7, 3, frozenset({_C.DECISION, _C.TOPIC})),
    Box.AHEAD: BoxRule(
        4,
        2,
        frozenset(
            {
                _C.GATE,
                _C.MILESTONE,
                _C.DELIVERABLE,
                _C.CHECK_DUE,
                _C.CLIENT_TO_ASK,
                _C.OPPORTUNITY,
                _C.NO_MEASURE,
            }
        ),
    ),
}


class Reason(Value):
    """One reason for talking about something. ``text`` follows the cause's label.

    ``also`` is how it reads behind a stronger reason, where that is not the same; ``detail`` is for whoever
    wants to know more; ``days`` is how late it is; ``record_id`` is the decision that is waited for, and
    ``asked`` is who asked for it, and when.
    """

    cause: Cause
    text: str
    also: str = ""
    detail: str = ""
    days: int = 0
    record_id: UUID | None = None
    asked: str = ""

    @property
    def priority(self) -> int:
        """Return how much it asks for the meeting's time."""
        if self.cause is Cause.LATE_ACTION:
            return min(MOST_OF_LATE, PRIORITIES[self.cause] + self.days)
        return PRIORITIES[self.cause]

    @property
    def behind(self) -> str:
        """Return how it reads behind a stronger reason."""
        return self.also or self.text


_NO_TIME_TO_SELL = frozenset({_C.RED, _C.MOOD_ALERT})


def fitting(reasons: Collection[Reason]) -> tuple[Reason, ...]:
    """Return the reasons without opportunities where the project is red, or its client unhappy."""
    is_in_trouble = any(reason.cause in _NO_TIME_TO_SELL for reason in reasons)
    return tuple(each for each in reasons if not (is_in_trouble and each.cause is Cause.OPPORTUNITY))


class Matter(Value):
    """What the records say of one project, or one topic of a person; the strongest reason first."""

    id: UUID
    name: str
    """The project's short name; "" for what concerns no project."""
    reasons: tuple[Reason, ...]
    wants: int = 0
    """The minutes that whoever brought it asked for; 0 for whatever is left."""

    @property
    def priority(self) -> int:
        """Return how much it asks for the meeting's time: as much as its strongest reason."""
        return self.reasons[0].priority

    @property
    def cause(self) -> Cause:
        """Return why it is there most of all."""
        return self.reasons[0].cause

    @property
    def box(self) -> Box:
        """Return in whose time it is talked about; a red project takes that of red ones, whatever else."""
        causes = {reason.cause for reason in self.reasons}
        deciding = Cause.RED if Cause.RED in causes else self.cause
        return next(box for box, rule in BOXES.items() if deciding in rule.causes)
