"""Reads what screens show of clients' answers; the number of queries does not grow with that of rows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.read_models import (
    Actor,
    AnswerPage,
    InvitationView,
    ProjectView,
    Satisfaction,
    SurveyOverview,
    SurveyView,
)
from models.rules.access import Capability, Standing, may
from models.rules.actions import ActionStatus
from models.rules.surveys.asking import PAUSE, InvitationState
from models.rules.surveys.csat import SATISFIED_FROM
from models.services.projects.changing import FoundProject
from models.services.sight import through_role
from models.services.surveys.contact_rows import contacts_of
from models.services.surveys.rows import NEWEST_FIRST, SELECT, invitation_of
from models.services.surveys.satisfaction import satisfaction_of
from models.services.surveys.survey_rows import WAITING, surveys_where
from models.tables import action_items, client_contacts, projects, survey_answers, survey_invitations, surveys

PAGE_SIZE = 8
SHOWN = 5
MOST_WAITING = 40
"""Questions that a form offers to be answered."""
_SILENT = (InvitationState.ASKED, InvitationState.DECLINED)
"""Without an answer, and perhaps for good."""


def overview(found: FoundProject, actor: Actor, now: datetime) -> SurveyOverview:
    """Return how satisfied a project's client is, and what is open."""
    session, project = found.session, found.project
    may_read = may(found.standing, Capability.SEE_ANSWERS)
    of_project = surveys.c.project_id == project.id
    return SurveyOverview(
        project=project,
        satisfaction=satisfaction_of(session, actor.workspace_id, [project.id])[project.id],
        contacts=contacts_of(session, actor.workspace_id, project.client.id),
        waiting=_waiting(session, actor.workspace_id, of_project, now) if may_read else (),
        to_close=_to_close(session, actor.workspace_id, of_project) if may_read else (),
        latest=_latest(session, actor.workspace_id, of_project) if may_read else None,
        requests=requests(session, project.id),
        may_read=may_read,
        may_record=not project.is_archived and may(found.standing, Capability.RECORD_ANSWER),
        may_keep=not project.is_archived and may(found.standing, Capability.KEEP_CONTACT),
    )


def at_a_glance(
    session: Session, actor: Actor, project: ProjectView, held: Standing
) -> tuple[Satisfaction, InvitationView | None]:
    """Return how satisfied a project's client is, and their newest answer, as far as the person may know."""
    if not may(held, Capability.SEE_SURVEYS):
        return Satisfaction(), None
    workspace_id, of_project = actor.workspace_id, surveys.c.project_id == project.id
    may_read = may(held, Capability.SEE_ANSWERS)
    return (
        satisfaction_of(session, workspace_id, [project.id])[project.id],
        _latest(session, workspace_id, of_project) if may_read else None,
    )


def waiting(session: Session, workspace_id: UUID, project_id: UUID) -> tuple[InvitationView, ...]:
    """Return the project's questions without an answer, also those that are closed, the newest first."""
    rows = session.connection().execute(
        SELECT.where(
            survey_invitations.c.workspace_id == workspace_id,
            surveys.c.project_id == project_id,
            survey_invitations.c.state == InvitationState.ASKED,
        )
        .order_by(survey_invitations.c.asked_on.desc(), survey_invitations.c.id)
        .limit(MOST_WAITING)
    )
    return tuple(map(invitation_of, rows))


def requests(session: Session, project_id: UUID) -> tuple[SurveyView, ...]:
    """Return the project's occasions that wait to be asked, or are held, the oldest first."""
    is_waiting = and_(surveys.c.project_id == project_id, surveys.c.state.in_(WAITING))
    return surveys_where(session, is_waiting, SHOWN)


def _waiting(
    session: Session, workspace_id: UUID, where: ColumnElement[bool], now: datetime
) -> tuple[InvitationView, ...]:
    """Return what has no answer; a question that is over shows for as long as nobody is asked again."""
    is_over = or_(
        survey_invitations.c.closes_at <= now, survey_invitations.c.state == InvitationState.DECLINED
    )
    rows = session.connection().execute(
        SELECT.where(
            survey_invitations.c.workspace_id == workspace_id,
            where,
            survey_invitations.c.state.in_(_SILENT),
            client_contacts.c.forgotten_at.is_(None),
            or_(survey_invitations.c.closes_at.is_(None), survey_invitations.c.closes_at > now - PAUSE),
        )
        .order_by(case((is_over, 1), else_=0), survey_invitations.c.asked_on, survey_invitations.c.id)
        .limit(SHOWN)
    )
    return tuple(map(invitation_of, rows))


def _to_close(session: Session, workspace_id: UUID, where: ColumnElement[bool]) -> tuple[InvitationView, ...]:
    rows = session.connection().execute(
        SELECT.where(
            survey_invitations.c.workspace_id == workspace_id,
            where,
            survey_answers.c.rating < SATISFIED_FROM,
            action_items.c.status == ActionStatus.OPEN,
        )
        .order_by(survey_answers.c.rating, action_items.c.due_on, survey_invitations.c.id)
        .limit(SHOWN)
    )
    return tuple(map(invitation_of, rows))


def _latest(session: Session, workspace_id: UUID, where: ColumnElement[bool]) -> InvitationView | None:
    row = (
        session.connection()
        .execute(
            SELECT.where(
                survey_invitations.c.workspace_id == workspace_id, where, survey_answers.c.id.is_not(None)
            )
            .order_by(*NEWEST_FIRST)
            .limit(1)
        )
        .one_or_none()
    )
    return invitation_of(row) if row else None


def page(session: Session, actor: Actor, project_id: UUID | None, number: int) -> AnswerPage:
    """Return one page of the answers that the person may see, newest first; beyond the last, the last."""
    listed = and_(
        survey_invitations.c.workspace_id == actor.workspace_id,
        survey_answers.c.id.is_not(None),
        projects.c.archived_at.is_(None),
        through_role(actor, Capability.SEE_ANSWERS, projects.c.id),
        *([surveys.c.project_id == project_id] if project_id else []),
    )
    total = int(
        session.connection()
        .execute(select(func.count()).select_from(SELECT.where(listed).subquery()))
        .scalar_one()
    )
    pages = max(1, -(-total // PAGE_SIZE))
    shown = min(max(1, number), pages)
    rows = session.connection().execute(
        SELECT.where(listed).order_by(*NEWEST_FIRST).offset((shown - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    )
    first = _unanswered(session, actor, project_id) if shown == 1 else ()
    return AnswerPage(tuple(map(invitation_of, rows)), shown, pages, total, unanswered=first)


def _unanswered(session: Session, actor: Actor, project_id: UUID | None) -> tuple[InvitationView, ...]:
    """Return the newest questions that nobody has answered, of those that the person may read."""
    rows = session.connection().execute(
        SELECT.where(
            survey_invitations.c.workspace_id == actor.workspace_id,
            survey_invitations.c.state.in_(_SILENT),
            client_contacts.c.forgotten_at.is_(None),
            projects.c.archived_at.is_(None),
            through_role(actor, Capability.SEE_ANSWERS, projects.c.id),
            *([surveys.c.project_id == project_id] if project_id else []),
        )
        .order_by(survey_invitations.c.asked_on.desc(), survey_invitations.c.id)
        .limit(SHOWN)
    )
    return tuple(map(invitation_of, rows))
