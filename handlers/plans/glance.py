"""What a project's card says of its plan: the phase, the next milestone, and what success is measured by."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from handlers.blocks import day, escape
from handlers.plans.milestone_views import in_time, line
from handlers.plans.views import short
from handlers.projects import words
from models.read_models import MeasureView, PhaseStay, ProjectCard, ProjectView
from models.rules.plans.deliverables import DELIVERABLE_WORDS, DeliverableState
from models.rules.plans.milestones import MilestoneState
from models.rules.projects.kinds import DeliveryMode, ProjectKind

_STILL = (DeliverableState.REJECTED, DeliverableState.DUE, DeliverableState.SUBMITTED)


def stay(found: PhaseStay | None, today: date) -> str:
    """Return "Deliver since 14 Sep (Dana Ortiz)", or that nobody has said it."""
    if found is None:
        return words.phase(None)
    since, who = day(found.entered_on, today), escape(found.entered_by.name)
    return f"*{words.PHASE_WORDS[found.phase]}* since {since} ({who})"


def plan(found: ProjectCard, today: date) -> str:
    """Return the next milestone and how many are done; "" where none matters."""
    milestones = found.milestones
    if not milestones:
        wants = _wants_milestones(found.project)
        return "*No milestones yet.* `/project milestones add …` names the first." if wants else ""
    still = [each for each in in_time(milestones) if each.state is MilestoneState.OPEN]
    done = f"{len(milestones) - len(still)} of {len(milestones)} done"
    if not still:
        return f"Milestones: {done}"
    told = f"Next: {line(still[0], today)} · {done}"
    late = sum(1 for each in still[1:] if each.overdue(today))
    return f"{told} · *{late} more overdue*" if late else told


def _wants_milestones(project: ProjectView) -> bool:
    """Tell whether it works towards any: not where people are lent, or where work comes ticket by ticket."""
    is_ours = project.kind is ProjectKind.MANAGED and project.delivery_mode is DeliveryMode.ITERATIVE
    return is_ours and not project.is_archived


def parts(found: ProjectCard) -> str:
    """Return "Deliverables: 1 rejected, 2 due · 3 of 6 accepted"; "" where there are none."""
    counts = Counter(each.state for each in found.deliverables)
    if not counts:
        return ""
    still = [f"{counts[state]} {DELIVERABLE_WORDS[state]}" for state in _STILL if counts[state]]
    accepted = f"{counts[DeliverableState.ACCEPTED]} of {counts.total()} accepted"
    return f"Deliverables: {' · '.join(filter(None, [', '.join(still), accepted]))}"


def success(measures: Sequence[MeasureView], *, is_over: bool) -> str:
    """Return what success is measured by, the first in full; that nothing is, while it matters."""
    if not measures:
        return "" if is_over else "*No success measure yet.* `/project measures add …` names one."
    first = measures[0]
    told = f"Success: {short(first.title)}" + (f", {short(first.target)}" if first.target else "")
    more = len(measures) - 1
    return f"{told} · and {more} more" if more else told
