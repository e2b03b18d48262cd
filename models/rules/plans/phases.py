"""The phases a project goes through, from first talks to lessons learned, and what each asks for at its end.

Source: a lifecycle that maps to those which delivery organisations publish (assess, plan, design, deliver,
review, improve; sales to delivery, launch, manage and inspect, close, retrospective).
"""

from collections.abc import Mapping
from enum import StrEnum

from models.value import Value


class Phase(StrEnum):
    """Where a project stands, in the order of its life."""

    QUALIFY = "qualify"
    HANDOVER = "handover"
    LAUNCH = "launch"
    DELIVER = "deliver"
    CLOSE = "close"
    IMPROVE = "improve"


class GateFact(StrEnum):
    """What the plan itself can say of a point of a gate."""

    MILESTONES = "milestones"
    DELIVERABLES = "deliverables"
    MEASURES = "measures"


class GatePoint(Value):
    """Something that is true when a phase may end, and which part of the plan shows it, if any."""

    text: str
    fact: GateFact | None = None


class PhaseTemplate(Value):
    """What a phase is for, what is true when it may end, and what else people call it."""

    phase: Phase
    aim: str
    exit_gate: tuple[GatePoint, ...]
    also_called: tuple[str, ...] = ()


TEMPLATES = (
    PhaseTemplate(
        Phase.QUALIFY,
        "Find out whether we can and should do it",
        (
            GatePoint("The opportunity was reviewed for its chance of success"),
            GatePoint("Security was assessed; nobody can waive this"),
            GatePoint("Gaps between what is asked and what we have are known"),
            GatePoint("How the client will measure acceptance is agreed", GateFact.MEASURES),
            GatePoint("The statement of work is accepted"),
        ),
        ("assess", "qualification", "sales", "presales", "pre-sales"),
    ),
    PhaseTemplate(
        Phase.HANDOVER,
        "Pass it from those who sold it to those who deliver it",
        (
            GatePoint("Scope and goals mean the same to both sides"),
            GatePoint("Documents have changed hands"),
            GatePoint("Everybody has met"),
            GatePoint("Roles are named"),
            GatePoint("There is a plan"),
        ),
        ("plan", "planning", "s2d", "sales to delivery", "hand-over", "hand over"),
    ),
    PhaseTemplate(
        Phase.LAUNCH,
        "Begin well",
        (
            GatePoint("Sprint 0 is over"),
            GatePoint("The kickoff was held"),
            GatePoint("Who decides what, and when we meet, is agreed"),
            GatePoint("Acceptance is tracked, with criteria for each deliverable"),
            GatePoint("The transition at the end is planned"),
        ),
        ("design", "kickoff", "kick-off", "start"),
    ),
    PhaseTemplate(
        Phase.DELIVER,
        "Do it, and show it",
        (
            GatePoint("Milestones are reached", GateFact.MILESTONES),
            GatePoint("Deliverables are accepted", GateFact.DELIVERABLES),
            GatePoint("Knowledge is passed on"),
            GatePoint("The delivery health check is done, if it was due"),
        ),
        ("delivery", "manage", "manage and inspect", "inspect", "build"),
    ),
    PhaseTemplate(
        Phase.CLOSE,
        "End it, so that nobody has to ask again",
        (
            GatePoint("The client has accepted the whole"),
            GatePoint("The documentation is complete"),
            GatePoint("The client was asked how it was"),
            GatePoint("Sales and support have taken over"),
        ),
        ("closing", "review", "d2s", "delivery to sales", "close-out", "closeout"),
    ),
    PhaseTemplate(
        Phase.IMPROVE,
        "Learn from it",
        (
            GatePoint("We looked back among ourselves"),
            GatePoint("Each lesson is somebody's action"),
        ),
        ("improvement", "retrospective", "retro", "lessons"),
    ),
)
"""The phases in their order: the one template that there is so far."""

TEMPLATE_OF: Mapping[Phase, PhaseTemplate] = {template.phase: template for template in TEMPLATES}
PHASE_NAMES: Mapping[str, Phase] = {
    name: template.phase for template in TEMPLATES for name in (template.phase.value, *template.also_called)
}
"""All that a phase may be called."""

_ORDER = [template.phase for template in TEMPLATES]


def following(phase: Phase | None) -> Phase | None:
    """Return the phase that comes next, the first where there is none yet; None after the last."""
    if phase is None:
        return _ORDER[0]
    place = _ORDER.index(phase) + 1
    return _ORDER[place] if place < len(_ORDER) else None


def goes_back(current: Phase | None, target: Phase) -> bool:
    """Tell whether the target lies before the present phase: that needs a reason."""
    return current is not None and _ORDER.index(target) < _ORDER.index(current)


def closes(current: Phase | None, target: Phase) -> bool:
    """Tell whether delivery ends with this: what is still to be accepted then needs a word."""
    end = _ORDER.index(Phase.CLOSE)
    return _ORDER.index(target) >= end and (current is None or _ORDER.index(current) < end)


def skipped(current: Phase | None, target: Phase) -> tuple[Phase, ...]:
    """Return the phases between, which a project leaves out when it goes there; none from nowhere."""
    if current is None:
        return ()
    return tuple(_ORDER[_ORDER.index(current) + 1 : _ORDER.index(target)])
