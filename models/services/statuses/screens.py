"""Reads what screens show of statuses; the number of queries does not grow with the number of rows."""

from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import and_
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import (
    Actor,
    Finding,
    MoodState,
    PlanFacts,
    ProjectView,
    StatusDetails,
    StatusInRow,
    StatusStart,
    StatusView,
)
from models.rules.access import Capability, may
from models.rules.statuses.periods import CADENCES, Period
from models.rules.statuses.rag import DIMENSION_WORDS
from models.rules.statuses.suggestions import Evidence, Suggestion, suggestions
from models.services.moods.screens import states
from models.services.plans.facts import plan_facts
from models.services.standing import standing
from models.services.statuses.deadlines import deadlines
from models.services.statuses.drafting import drafted
from models.services.statuses.inside import look_inside
from models.services.statuses.plans import open_plans
from models.services.statuses.questions import still_asked
from models.services.statuses.rows import STATUS, find_status, in_row, is_after, is_before, is_of
from models.services.zones import today_of
from models.tables import status_updates
from models.value import replace


def present_period(project: ProjectView, now: datetime) -> Period:
    """Return the week, or the month, that it is where the project is."""
    return Period.containing(today_of(project, now), CADENCES[project.kind])


def of_period(
    session: Session, project: ProjectView, period: Period, workspace_id: UUID
) -> StatusView | None:
    """Return the project's status of the period."""
    return find_status(session, workspace_id, and_(status_updates.c.project_id == project.id, is_of(period)))


def before(session: Session, project: ProjectView, period: Period, workspace_id: UUID) -> StatusView | None:
    """Return the project's newest status of a period before."""
    return find_status(
        session, workspace_id, and_(status_updates.c.project_id == project.id, is_before(period))
    )


def newer(session: Session, project: ProjectView, period: Period, workspace_id: UUID) -> StatusView | None:
    """Return the project's newest status of a period after."""
    return find_status(
        session, workspace_id, and_(status_updates.c.project_id == project.id, is_after(period))
    )


def shown(
    session: Session, actor: Actor, project: ProjectView, period: Period | None, now: datetime
) -> StatusInRow:
    """Return the project's status of the period, or the newest there is. Raises NotFound."""
    if period is None:
        found = before(session, project, present_period(project, now).next, actor.workspace_id)
    else:
        found = of_period(session, project, period, actor.workspace_id)
    if found is None:
        raise NotFound(STATUS, project.key)
    return in_row(session, found)


def detailed(actor: Actor, project: ProjectView, found: StatusInRow) -> StatusDetails:
    """Return the status with what the person may do with it."""
    held = standing(actor, project)
    return StatusDetails(
        found,
        may_edit=may(held, Capability.SUBMIT_STATUS) and not project.is_archived,
        may_see_inside=may(held, Capability.SEE_INSIDE_STATUS),
    )


def start(session: Session, actor: Actor, project: ProjectView, period: Period, now: datetime) -> StatusStart:
    """Return what a form for the period begins with."""
    today = today_of(project, now)
    last = before(session, project, period, actor.workspace_id)
    due = deadlines(session, actor.workspace_id, now, [project.id])
    deadline = due.of(project.id, period)
    present = of_period(session, project, period, actor.workspace_id)
    done, coming = drafted(session, actor, project, period, last)
    return StatusStart(
        project=project,
        period=period,
        state=due.state(project.id, period, present.submitted_at if present else None, now),
        due_at=deadline.due_at if deadline else None,
        due_on=deadline.due_on if deadline else None,
        today=today,
        present=present,
        last=in_row(session, last) if last else None,
        missing=period.previous if last and last.period < period.previous else None,
        plans=open_plans(session, project.id),
        done=done,
        coming=coming,
        # What the figures say today is no judgement on a period that is over.
        suggestions=suggested(session, actor, project, now) if today <= period.ends_on else (),
        open_question=still_asked(session, last),
        findings=_inside(session, actor, project, now) if today <= period.ends_on else (),
    )


def _inside(session: Session, actor: Actor, project: ProjectView, now: datetime) -> tuple[Finding, ...]:
    """Return what a look inside would find, as far as the person may know it."""
    sees_all = may(standing(actor, project), Capability.SEE_INSIDE_STATUS)
    found = look_inside(session, project, actor.workspace_id, now)
    return tuple(each for each in found if each.has_data and (sees_all or not each.is_restricted))


def suggested(session: Session, actor: Actor, project: ProjectView, now: datetime) -> tuple[Suggestion, ...]:
    """Return the colours that the project's figures suggest, as far as the person may know them."""
    today = today_of(project, now)
    state = states(session, actor.workspace_id, [project.id], today, actor=actor)[project.id]
    facts = plan_facts(session, actor.workspace_id, [project.id], now)[project.id]
    asked = DIMENSION_WORDS[project.kind]
    return tuple(each for each in suggestions(evidence_of(state, facts)) if each.dimension in asked)


def evidence_of(state: MoodState, facts: PlanFacts) -> Evidence:
    """Return what is known of the project; a mood that nobody knows any more is no evidence."""
    share = facts.slip_share
    evidence = Evidence(
        slip=None if share is None else Fraction(share).limit_denominator(1000),
        rejected=len(facts.rejected) if facts.deliverables else None,
    )
    if state.last is None or state.is_unknown:
        return evidence
    return replace(evidence, mood=state.last.latest, mood_trend=state.trend)
