"""Reads what screens show of statuses; the number of queries does not grow with the number of rows."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from sqlalchemy import and_
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import (
    ActionView,
    Actor,
    MoodState,
    PlanFacts,
    ProjectView,
    StatusDetails,
    StatusInRow,
    StatusStart,
    StatusView,
)
from models.rules.access import Capability, may
from models.rules.actions import ActionSource, ActionStatus
from models.rules.risks.words import Visibility
from models.rules.statuses.periods import CADENCES, Period
from models.rules.statuses.rag import DIMENSION_WORDS
from models.rules.statuses.suggestions import Evidence, Suggestion, suggestions
from models.services.actions.rows import action_items, actions_where
from models.services.moods.screens import states
from models.services.plans.facts import plan_facts
from models.services.standing import standing
from models.services.statuses.deadlines import deadlines
from models.services.statuses.plans import open_plans
from models.services.statuses.questions import still_asked
from models.services.statuses.rows import STATUS, find_status, in_row, is_after, is_before, is_of, statuses
from models.services.zones import today_of

DRAFTED = 8
"""Actions that a form drafts what was done, or comes next, from."""
_A_PERIOD = timedelta(days=7)


def present_period(project: ProjectView, now: datetime) -> Period:
    """Return the week, or the month, that it is where the project is."""
    return Period.containing(today_of(project, now), CADENCES[project.kind])


def of_period(
    session: Session, project: ProjectView, period: Period, workspace_id: UUID
) -> StatusView | None:
    """Return the project's status of the period."""
    return find_status(session, workspace_id, and_(statuses.c.project_id == project.id, is_of(period)))


def before(session: Session, project: ProjectView, period: Period, workspace_id: UUID) -> StatusView | None:
    """Return the project's newest status of a period before."""
    return find_status(session, workspace_id, and_(statuses.c.project_id == project.id, is_before(period)))


def newer(session: Session, project: ProjectView, period: Period, workspace_id: UUID) -> StatusView | None:
    """Return the project's newest status of a period after."""
    return find_status(session, workspace_id, and_(statuses.c.project_id == project.id, is_after(period)))


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
    since = last.written_at if last else now - _A_PERIOD
    due = deadlines(session, actor.workspace_id, now, [project.id])
    deadline = due.of(project.id, period)
    present = of_period(session, project, period, actor.workspace_id)
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
        done=_done(session, actor, project, since),
        coming=_coming(session, actor, project, period.next.ends_on),
        # What the figures say today is no judgement on a period that is over.
        suggestions=suggested(session, actor, project, now) if today <= period.ends_on else (),
        open_question=still_asked(session, last),
    )


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


def _done(session: Session, actor: Actor, project: ProjectView, since: datetime) -> tuple[ActionView, ...]:
    finished = and_(
        action_items.c.project_id == project.id,
        action_items.c.visibility == Visibility.TEAM,
        action_items.c.status == ActionStatus.DONE,
        action_items.c.settled_at > since,
    )
    return actions_where(session, actor.workspace_id, finished, DRAFTED)


def _coming(session: Session, actor: Actor, project: ProjectView, until: date) -> tuple[ActionView, ...]:
    """Return what is due soon; the plans' own steps stand with their dimensions."""
    ahead = and_(
        action_items.c.project_id == project.id,
        action_items.c.visibility == Visibility.TEAM,
        action_items.c.status == ActionStatus.OPEN,
        action_items.c.source_kind != ActionSource.PLAN,
        action_items.c.due_on <= until,
    )
    return actions_where(session, actor.workspace_id, ahead, DRAFTED)
