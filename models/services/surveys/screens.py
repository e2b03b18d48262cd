"""Reads what screens show of clients' answers; the number of queries does not grow with that of rows."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from models.read_models import (
    Actor,
    AnswerPage,
    InvitationView,
    ProjectChoice,
    ProjectView,
    Satisfaction,
    SurveyOfProject,
    SurveyOverview,
    SurveyView,
)
from models.rules.access import Capability, Standing, may
from models.rules.actions import ActionStatus
from models.rules.delivery import MessageState
from models.rules.surveys.asking import PAUSE, InvitationState, Way
from models.rules.surveys.csat import SATISFIED_FROM, ResponseRate, TopTwoBox
from models.services import sight
from models.services.projects.changing import FoundProject
from models.services.projects.rows import projects
from models.services.surveys.contact_rows import contacts, contacts_of
from models.services.surveys.rows import (
    NEWEST_FIRST,
    SELECT,
    answers,
    invitation_of,
    invitations,
    surveys,
)
from models.services.surveys.survey_rows import WAITING, surveys_where
from models.tables import ActionItem, OutboxMessage
from models.tables.base import table_of

PAGE_SIZE = 8
SHOWN = 5
MOST_WAITING = 40
"""Questions that a form offers to be answered."""
_actions = table_of(ActionItem)
_messages = table_of(OutboxMessage)
_UNDELIVERED = (
    select(_messages.c.id)
    .where(
        _messages.c.workspace_id == invitations.c.workspace_id,
        _messages.c.unique_key
        == literal("survey:") + func.replace(cast(invitations.c.id, String), "-", "") + literal(":question"),
        _messages.c.state == MessageState.DEAD,
    )
    .correlate(invitations)
    .exists()
)
"""A question that Slack refused, as where the bot is not in the channel; its key is ``question_key``."""
_SILENT = (InvitationState.ASKED, InvitationState.DECLINED)
"""Without an answer, and perhaps for good."""
_REACHED = and_(
    invitations.c.way != Way.UNASKED,
    ~_UNDELIVERED,
    invitations.c.state.in_([InvitationState.ASKED, InvitationState.ANSWERED, InvitationState.DECLINED]),
)
"""Questions that reached somebody: what the response rate is counted over."""


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
            invitations.c.workspace_id == workspace_id,
            surveys.c.project_id == project_id,
            invitations.c.state == InvitationState.ASKED,
        )
        .order_by(invitations.c.asked_on.desc(), invitations.c.id)
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
    is_over = or_(invitations.c.closes_at <= now, invitations.c.state == InvitationState.DECLINED)
    rows = session.connection().execute(
        SELECT.where(
            invitations.c.workspace_id == workspace_id,
            where,
            invitations.c.state.in_(_SILENT),
            contacts.c.forgotten_at.is_(None),
            or_(invitations.c.closes_at.is_(None), invitations.c.closes_at > now - PAUSE),
        )
        .order_by(case((is_over, 1), else_=0), invitations.c.asked_on, invitations.c.id)
        .limit(SHOWN)
    )
    return tuple(map(invitation_of, rows))


def _to_close(session: Session, workspace_id: UUID, where: ColumnElement[bool]) -> tuple[InvitationView, ...]:
    rows = session.connection().execute(
        SELECT.where(
            invitations.c.workspace_id == workspace_id,
            where,
            answers.c.rating < SATISFIED_FROM,
            _actions.c.status == ActionStatus.OPEN,
        )
        .order_by(answers.c.rating, _actions.c.due_on, invitations.c.id)
        .limit(SHOWN)
    )
    return tuple(map(invitation_of, rows))


def _latest(session: Session, workspace_id: UUID, where: ColumnElement[bool]) -> InvitationView | None:
    row = (
        session.connection()
        .execute(
            SELECT.where(invitations.c.workspace_id == workspace_id, where, answers.c.id.is_not(None))
            .order_by(*NEWEST_FIRST)
            .limit(1)
        )
        .one_or_none()
    )
    return invitation_of(row) if row else None


def satisfaction_of(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID]
) -> Mapping[UUID, Satisfaction]:
    """Return what each project's answers come to, in one statement."""
    has_answer = answers.c.id.is_not(None)
    rows = session.connection().execute(
        select(
            surveys.c.project_id,
            _count(answers.c.rating >= SATISFIED_FROM).label("satisfied"),
            _count(has_answer).label("answers"),
            _count(and_(_REACHED, has_answer)).label("completed"),
            _count(_REACHED).label("delivered"),
        )
        .join(surveys, surveys.c.id == invitations.c.survey_id)
        .outerjoin(
            answers, and_(answers.c.invitation_id == invitations.c.id, answers.c.withdrawn_at.is_(None))
        )
        .where(invitations.c.workspace_id == workspace_id, surveys.c.project_id.in_(project_ids))
        .group_by(surveys.c.project_id)
    )
    found = {
        row.project_id: Satisfaction(
            TopTwoBox(row.satisfied, row.answers), ResponseRate(row.completed, row.delivered)
        )
        for row in rows
    }
    return {project_id: found.get(project_id, Satisfaction()) for project_id in project_ids}


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def seen_by(actor: Actor, capability: Capability) -> ColumnElement[bool]:
    """Return the condition that lets through the projects on which this full member may do that."""
    return sight.through_role(actor, capability, projects.c.id)


def all_projects(
    session: Session, actor: Actor, choices: Collection[ProjectChoice]
) -> tuple[SurveyOfProject, ...]:
    """Return how satisfied the clients of those of the projects are that the person may see."""
    ids = [choice.id for choice in choices]
    visible = set(
        session.connection()
        .execute(select(projects.c.id).where(projects.c.id.in_(ids), seen_by(actor, Capability.SEE_SURVEYS)))
        .scalars()
    )
    if not visible:
        return ()
    counted = satisfaction_of(session, actor.workspace_id, visible)
    return tuple(
        SurveyOfProject(choice.id, choice.key, choice.name, counted[choice.id])
        for choice in choices
        if choice.id in visible
    )


def page(session: Session, actor: Actor, project_id: UUID | None, number: int) -> AnswerPage:
    """Return one page of the answers that the person may see, newest first; beyond the last, the last."""
    listed = and_(
        invitations.c.workspace_id == actor.workspace_id,
        answers.c.id.is_not(None),
        projects.c.archived_at.is_(None),
        seen_by(actor, Capability.SEE_ANSWERS),
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
            invitations.c.workspace_id == actor.workspace_id,
            invitations.c.state.in_(_SILENT),
            contacts.c.forgotten_at.is_(None),
            projects.c.archived_at.is_(None),
            seen_by(actor, Capability.SEE_ANSWERS),
            *([surveys.c.project_id == project_id] if project_id else []),
        )
        .order_by(invitations.c.asked_on.desc(), invitations.c.id)
        .limit(SHOWN)
    )
    return tuple(map(invitation_of, rows))
