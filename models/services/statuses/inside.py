"""Looks behind a status: what the register and the moods say of the project, and who may know of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from models.read_models import Finding, ProjectView
from models.rules.actions import ActionSource, ActionStatus
from models.rules.moods.mood import LOW, UNKNOWN_AFTER
from models.rules.references import Reference
from models.rules.risks.burndown import CARRIED
from models.rules.risks.scoring import GRAVE_FROM, SeverityBand
from models.rules.risks.words import RiskKind, Visibility
from models.rules.statuses.inside import ANSWER_COUNTS, Facts, Look, found, no_data
from models.rules.surveys.csat import RATINGS
from models.services.moods.rows import is_kept as is_kept_mood
from models.services.plans.facts import plan_facts
from models.services.risks.rows import BAND_RANK, LACKS_OWNER, is_kept
from models.services.zones import today_of
from models.tables import (
    action_items,
    mood_alerts,
    mood_readings,
    projects,
    risks,
    survey_answers,
    survey_invitations,
    surveys,
)
from models.value import replace


def look_inside(
    session: Session, project: ProjectView, workspace_id: UUID, now: datetime
) -> tuple[Finding, ...]:
    """Return what is found behind a green status, and of what there are no records to look at.

    A finding that rests on restricted records alone is restricted itself; one that others could make, too,
    names only what they may see.
    """
    today = today_of(project, now)
    critical = _critical(session, project.id)
    late = _late_responses(session, project.id, today)
    low = _low_moods(session, project.id, today)
    has_alert = _has_alert(session, project.id)
    plan = plan_facts(session, workspace_id, [project.id], now)[project.id]
    days_late = plan.overdue[0].days if plan.overdue else 0
    lowest_answer = _lowest_answer(session, project.id, today)
    for_leads = Facts(
        critical_threats=len(critical),
        lowest_mood=min((row.value for row in low), default=None),
        has_mood_alert=has_alert,
        milestone_days_late=days_late if plan.milestones else None,
        lowest_answer=lowest_answer,
        late_responses=len(late),
    )
    shown = [[row for row in rows if row.visibility is Visibility.TEAM] for rows in (critical, low, late)]
    for_all = replace(
        for_leads,
        critical_threats=len(shown[0]),
        lowest_mood=min((row.value for row in shown[1]), default=None),
        has_mood_alert=None,
        lowest_answer=None,
        late_responses=len(shown[2]),
    )
    milestones = tuple(fact.name for fact in plan.long_overdue)
    by_all = {
        Look.CRITICAL_RISK: _references(shown[0]),
        Look.MILESTONE: milestones,
        Look.LATE_RESPONSES: _references(shown[2]),
    }
    by_leads = by_all | {
        Look.CRITICAL_RISK: _references(critical),
        Look.LATE_RESPONSES: _references(late),
    }
    shared = found(for_all)
    findings = tuple(
        _finding(look, for_all, by_all, is_restricted=False)
        if look in shared
        else _finding(look, for_leads, by_leads, is_restricted=True)
        for look in found(for_leads)
    )
    return findings + tuple(Finding(look, 0, has_data=False) for look in no_data(for_leads))


def _finding(
    look: Look, facts: Facts, names: Mapping[Look, tuple[str, ...]], *, is_restricted: bool
) -> Finding:
    figures = {
        Look.CRITICAL_RISK: facts.critical_threats,
        Look.CLIENT_MOOD: facts.lowest_mood,
        Look.MILESTONE: facts.milestone_days_late,
        Look.CLIENT_ANSWER: facts.lowest_answer,
        Look.LATE_RESPONSES: facts.late_responses,
    }
    return Finding(look, figures[look] or 0, names.get(look, ()), is_restricted)


def _references(rows: Sequence[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(Reference(row.number, row.key)) for row in rows))


def _grave(project_id: UUID, rank: int) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on open threats; one that lacks an owner alone weighs as much."""
    return (
        risks.c.project_id == project_id,
        risks.c.kind == RiskKind.THREAT,
        or_(risks.c.status.in_(sorted(CARRIED)), LACKS_OWNER),
        rank <= BAND_RANK,
        is_kept(),
    )


def _critical(session: Session, project_id: UUID) -> Sequence[Any]:
    wanted = (
        select(risks.c.number, risks.c.visibility, projects.c.key)
        .join(projects, projects.c.id == risks.c.project_id)
        .where(*_grave(project_id, SeverityBand.CRITICAL.rank))
        .order_by(risks.c.number)
    )
    return session.connection().execute(wanted).all()


def _late_responses(session: Session, project_id: UUID, today: date) -> Sequence[Any]:
    wanted = (
        select(risks.c.number, action_items.c.visibility, projects.c.key)
        .join(projects, projects.c.id == risks.c.project_id)
        .join(action_items, action_items.c.source_id == risks.c.id)
        .where(
            *_grave(project_id, GRAVE_FROM.rank),
            action_items.c.source_kind == ActionSource.RISK,
            action_items.c.status == ActionStatus.OPEN,
            action_items.c.due_on < today,
        )
        .order_by(risks.c.number)
    )
    return session.connection().execute(wanted).all()


def _low_moods(session: Session, project_id: UUID, today: date) -> Sequence[Any]:
    wanted = select(mood_readings.c.value, mood_readings.c.visibility).where(
        mood_readings.c.project_id == project_id,
        mood_readings.c.value <= LOW,
        mood_readings.c.observed_on >= today - UNKNOWN_AFTER,
        mood_readings.c.observed_on <= today,
        is_kept_mood(),
    )
    return session.connection().execute(wanted).all()


def _lowest_answer(session: Session, project_id: UUID, today: date) -> int | None:
    """Return the lowest answer that still counts, the best where all are older; None without any."""
    counts = survey_answers.c.answered_on >= today - ANSWER_COUNTS
    row = (
        session.connection()
        .execute(
            select(func.count(), func.min(case((counts, survey_answers.c.rating))))
            .select_from(survey_answers)
            .join(survey_invitations, survey_invitations.c.id == survey_answers.c.invitation_id)
            .join(surveys, surveys.c.id == survey_invitations.c.survey_id)
            .where(surveys.c.project_id == project_id, survey_answers.c.withdrawn_at.is_(None))
        )
        .one()
    )
    total, lowest = row
    return (lowest or max(RATINGS)) if total else None


def _has_alert(session: Session, project_id: UUID) -> bool:
    wanted = select(func.count()).where(
        mood_alerts.c.project_id == project_id, mood_alerts.c.ended_at.is_(None)
    )
    return bool(session.scalar(wanted))
