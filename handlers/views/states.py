"""Where a record stands and what a person may do to it, in the words of the commands that do it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from models.rules.plans.deliverables import DeliverableState
from models.rules.raid.states import RaidStatus
from models.rules.risks.states import RiskStatus

_STANDS: Mapping[type[StrEnum], Mapping[Any, str]] = {
    RiskStatus: {
        RiskStatus.PROPOSED: "It still waits for a score",
        RiskStatus.OPEN: "It is open",
        RiskStatus.TREATING: "It is being worked on",
        RiskStatus.ACCEPTED: "It is accepted",
        RiskStatus.ESCALATED: "It is escalated",
        RiskStatus.OCCURRED: "It has happened",
        RiskStatus.CLOSED: "It is closed",
        RiskStatus.REJECTED: "It was rejected",
    },
    RaidStatus: {
        RaidStatus.OPEN: "It is open",
        RaidStatus.RESOLVED: "It is resolved",
        RaidStatus.CONFIRMED: "It is confirmed",
        RaidStatus.DOUBTFUL: "It is doubtful",
        RaidStatus.WRONG: "It turned out wrong",
        RaidStatus.MET: "It came",
        RaidStatus.MISSED: "It was missed",
        RaidStatus.DECIDED: "It is decided",
        RaidStatus.SUPERSEDED: "Another decision took its place",
        RaidStatus.DROPPED: "It was dropped",
    },
    DeliverableState: {
        DeliverableState.DUE: "It is not submitted yet",
        DeliverableState.SUBMITTED: "It is submitted",
        DeliverableState.ACCEPTED: "It is accepted",
        DeliverableState.REJECTED: "It is rejected",
    },
}
_TO_DO: Mapping[type[StrEnum], Mapping[Any, str]] = {
    RiskStatus: {
        RiskStatus.PROPOSED: "reopen it",
        RiskStatus.OPEN: "reopen it",
        RiskStatus.TREATING: "plan a response",
        RiskStatus.ACCEPTED: "accept it",
        RiskStatus.ESCALATED: "escalate it",
        RiskStatus.OCCURRED: "say that it happened",
        RiskStatus.CLOSED: "close it",
        RiskStatus.REJECTED: "reject it",
    },
    RaidStatus: {
        RaidStatus.OPEN: "reopen it",
        RaidStatus.RESOLVED: "resolve it",
        RaidStatus.CONFIRMED: "confirm it",
        RaidStatus.DOUBTFUL: "doubt it",
        RaidStatus.WRONG: "say that it is wrong",
        RaidStatus.MET: "say that it is met",
        RaidStatus.MISSED: "say that it was missed",
        RaidStatus.DECIDED: "decide it",
        RaidStatus.SUPERSEDED: "supersede it by a new decision",
        RaidStatus.DROPPED: "drop it",
    },
    DeliverableState: {
        DeliverableState.DUE: "take that back",
        DeliverableState.SUBMITTED: "submit it",
        DeliverableState.ACCEPTED: "accept it",
        DeliverableState.REJECTED: "reject it",
    },
}


def to_do(target: StrEnum, current: StrEnum | None = None) -> str:
    """Return what brings a record to a state; a risk that waits for a score is opened by scoring it."""
    if target is RiskStatus.OPEN and current is RiskStatus.PROPOSED:
        return "score it"
    return _TO_DO[type(target)][target]


def why_not(current: StrEnum, target: StrEnum) -> str:
    """Return in a sentence where the record stands, and that what was wanted does not follow from there."""
    stands = _STANDS[type(current)][current]
    return f"{stands} already." if current is target else f"{stands}, so you can't {to_do(target, current)}."


def why_final(current: StrEnum) -> str:
    """Return in a sentence that nothing follows from where the record stands."""
    return f"{_STANDS[type(current)][current]}, and that is final."
