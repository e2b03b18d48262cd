"""What the records say of the projects that a meeting is about: a statement for each sort of record.

Nothing restricted is read: an agenda is posted where the whole team reads along.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from models.rules.actions import ActionSource, ActionStatus
from models.rules.raid.states import RAID_LIVE
from models.rules.raid.words import RaidKind
from models.rules.risks.burndown import CARRIED
from models.rules.risks.escalation import EscalationEvent
from models.rules.risks.scoring import GRAVE_FROM, SeverityBand
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind, Visibility
from models.rules.surveys.asking import SurveyState
from models.services.actions.rows import ACTION
from models.services.plans.kinds import MEASURES
from models.services.risks.rows import BAND_RANK, LACKS_OWNER, POINTS
from models.services.surveys.overdue_calls import waits_for_call
from models.tables import (
    action_items,
    audit_entries,
    escalations,
    people,
    projects,
    raid_items,
    risks,
    survey_answers,
    survey_invitations,
    surveys,
)
from models.tables import back_to_green_plans as _plans
from models.value import Value

AHEAD = timedelta(days=14)
"""How far ahead a meeting looks that nobody knows the next one of."""
SLIPPED = 2
"""A plan whose target moved so often needs the meeting."""

_measures = MEASURES.table


class Scope(Value):
    """Which projects a meeting is about, on which day it is, and since when things count as new.

    ``today`` is the day it is now, where the meeting is: what is late is late by it, not by the meeting's.

    ``project_ids`` None means all that are active; ``earlier_ids`` are the meetings of this kind so far,
    whose actions may belong to no project. ``next_on`` is the day of the meeting after this one, if known.
    """

    workspace_id: UUID
    on: date
    today: date
    since: datetime
    project_ids: tuple[UUID, ...] | None = None
    earlier_ids: tuple[UUID, ...] = ()
    next_on: date | None = None
    zone: tzinfo = UTC

    @property
    def since_on(self) -> date:
        """Return the day, where the meeting is, since when things count as new."""
        return self.since.astimezone(self.zone).date()

    @property
    def until(self) -> date:
        """Return the last day that it looks ahead to."""
        return self.next_on or self.on + AHEAD


def covered(session: Session, scope: Scope) -> Sequence[Any]:
    """Return the projects that the meeting is about, and whether each lacks a measure of success."""
    measured = exists().where(_measures.c.project_id == projects.c.id, _measures.c.removed_at.is_(None))
    wanted = select(
        projects.c.id,
        projects.c.key,
        projects.c.kind,
        projects.c.timezone,
        projects.c.phase,
        projects.c.created_at,
        measured.label("is_measured"),
    ).where(projects.c.workspace_id == scope.workspace_id, projects.c.archived_at.is_(None))
    if scope.project_ids is not None:
        wanted = wanted.where(projects.c.id.in_(scope.project_ids))
    return rows(session, wanted.order_by(projects.c.key))


def slipped_plans(session: Session, ids: Collection[UUID]) -> Sequence[Any]:
    """Return the plans back to green whose target moved twice or more."""
    return rows(
        session,
        select(_plans.c.project_id, _plans.c.dimension, _plans.c.slips, _plans.c.target_on)
        .where(_plans.c.project_id.in_(ids), _plans.c.closed_at.is_(None), _plans.c.slips >= SLIPPED)
        .order_by(_plans.c.slips.desc(), _plans.c.dimension),
    )


def grave_risks(session: Session, scope: Scope, ids: Collection[UUID]) -> Sequence[Any]:
    """Return critical risks, and high ones that are new, escalated, unreviewed or nobody's, in order."""
    is_escalated = risks.c.status == RiskStatus.ESCALATED
    # Help that was asked for counts while the risk waits for it; every other event until the next meeting.
    is_told_above = exists().where(
        escalations.c.risk_id == risks.c.id,
        escalations.c.raised_at >= scope.since,
        escalations.c.event != EscalationEvent.BY_CHOICE,
    )
    return rows(
        session,
        select(
            risks.c.project_id,
            risks.c.number,
            risks.c.title,
            POINTS.label("points"),
            BAND_RANK.label("rank"),
            (risks.c.raised_at >= scope.since).label("is_new"),
            (risks.c.next_review_on < scope.today).label("is_stale"),
            is_escalated.label("is_escalated"),
            LACKS_OWNER.label("lacks_owner"),
            is_told_above.label("is_told_above"),
        )
        .where(
            risks.c.project_id.in_(ids),
            risks.c.kind == RiskKind.THREAT,
            or_(risks.c.status.in_(sorted(CARRIED)), LACKS_OWNER),
            risks.c.visibility == Visibility.TEAM,
            risks.c.withdrawn_at.is_(None),
            GRAVE_FROM.rank <= BAND_RANK,
            or_(
                SeverityBand.CRITICAL.rank <= BAND_RANK,
                risks.c.raised_at >= scope.since,
                risks.c.next_review_on < scope.today,
                is_escalated,
                is_told_above,
                LACKS_OWNER,
            ),
        )
        .order_by(POINTS.desc(), risks.c.number),
    )


def waiting_decisions(session: Session, scope: Scope, ids: Collection[UUID]) -> Sequence[Any]:
    """Return the decisions that are due by the meeting, the longest waiting first."""
    return rows(
        session,
        select(
            raid_items.c.id,
            raid_items.c.project_id,
            raid_items.c.number,
            raid_items.c.title,
            raid_items.c.due_on,
            raid_items.c.other_party,
            people.c.name.label("owner"),
        )
        .outerjoin(people, people.c.id == raid_items.c.owner_id)
        .where(
            raid_items.c.project_id.in_(ids),
            raid_items.c.kind == RaidKind.DECISION,
            raid_items.c.status.in_(sorted(RAID_LIVE)),
            raid_items.c.visibility == Visibility.TEAM,
            raid_items.c.withdrawn_at.is_(None),
            raid_items.c.due_on <= scope.on,
        )
        .order_by(raid_items.c.due_on, raid_items.c.number),
    )


def late_actions(session: Session, scope: Scope, ids: Collection[UUID]) -> Sequence[Any]:
    """Return the actions that are late, those first that are so for longest."""
    return rows(
        session,
        _open_actions(scope, ids)
        .where(action_items.c.due_on < scope.today)
        .order_by(action_items.c.due_on, action_items.c.id),
    )


def postponements(session: Session, scope: Scope, ids: Collection[UUID]) -> Sequence[Any]:
    """Return the changes of open actions, of which the caller counts those that put one off."""
    wanted = _open_actions(scope, ids).add_columns(audit_entries.c.changes)
    is_its = and_(
        audit_entries.c.entity_id == action_items.c.id,
        audit_entries.c.entity == ACTION,
        audit_entries.c.action == "changed",
    )
    wanted = wanted.join(audit_entries, is_its)
    return rows(session, wanted.order_by(action_items.c.due_on, action_items.c.id))


def waiting_clients(session: Session, ids: Collection[UUID], before: datetime) -> Sequence[Any]:
    """Return since when a client of each project waits for a call, of those who should have had one by then.

    What they answered is the leads' to know, so nothing of it is read.
    """
    return rows(
        session,
        select(surveys.c.project_id, func.min(survey_answers.c.answered_at).label("since"))
        .join(survey_invitations, survey_invitations.c.survey_id == surveys.c.id)
        .join(survey_answers, survey_answers.c.invitation_id == survey_invitations.c.id)
        .where(
            surveys.c.project_id.in_(ids),
            waits_for_call(),
            survey_answers.c.answered_at < before,
        )
        .group_by(surveys.c.project_id),
    )


def clients_to_ask(session: Session, ids: Collection[UUID]) -> Sequence[UUID]:
    """Return the projects where an occasion to ask the client waits for whoever runs them."""
    wanted = select(surveys.c.project_id).distinct()
    is_open = and_(surveys.c.project_id.in_(ids), surveys.c.state == SurveyState.OPEN)
    return session.connection().execute(wanted.where(is_open)).scalars().all()


def _open_actions(scope: Scope, ids: Collection[UUID]) -> Select[Any]:
    """Return the projects' open actions, and those of earlier meetings that belong to no project."""
    of_meetings = and_(
        action_items.c.project_id.is_(None),
        action_items.c.source_kind == ActionSource.MEETING,
        action_items.c.source_id.in_(scope.earlier_ids),
    )
    return (
        select(
            action_items.c.id,
            action_items.c.project_id,
            action_items.c.title,
            action_items.c.due_on,
            people.c.name.label("owner"),
        )
        .join(people, people.c.id == action_items.c.owner_id)
        .where(
            action_items.c.workspace_id == scope.workspace_id,
            action_items.c.status == ActionStatus.OPEN,
            action_items.c.visibility == Visibility.TEAM,
            or_(action_items.c.project_id.in_(ids), of_meetings),
        )
    )


def rows(session: Session, wanted: Select[Any]) -> Sequence[Any]:
    """Return all that the statement finds."""
    return session.connection().execute(wanted).all()
