"""Counts what clients answered, project by project; one statement, however many there are."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, select
from sqlalchemy.orm import Session

from models.read_models import Actor, ProjectChoice, Satisfaction, SurveyOfProject
from models.rules.access import Capability
from models.rules.delivery import MessageState
from models.rules.surveys.asking import InvitationState, Way
from models.rules.surveys.csat import SATISFIED_FROM, ResponseRate, TopTwoBox
from models.services.sight import through_role
from models.tables import outbox_messages, projects, survey_answers, survey_invitations, surveys

_UNDELIVERED = (
    select(outbox_messages.c.id)
    .where(
        outbox_messages.c.workspace_id == survey_invitations.c.workspace_id,
        outbox_messages.c.unique_key
        == literal("survey:")
        + func.replace(cast(survey_invitations.c.id, String), "-", "")
        + literal(":question"),
        outbox_messages.c.state == MessageState.DEAD,
    )
    .correlate(survey_invitations)
    .exists()
)
"""A question that Slack refused, as where the bot is not in the channel; its key is ``question_key``."""
_REACHED = and_(
    survey_invitations.c.way != Way.UNASKED,
    ~_UNDELIVERED,
    survey_invitations.c.state.in_(
        [InvitationState.ASKED, InvitationState.ANSWERED, InvitationState.DECLINED]
    ),
)
"""Questions that reached somebody: what the response rate is counted over."""


def satisfaction_of(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID]
) -> Mapping[UUID, Satisfaction]:
    """Return what each project's answers come to, in one statement."""
    has_answer = survey_answers.c.id.is_not(None)
    rows = session.connection().execute(
        select(
            surveys.c.project_id,
            _count(survey_answers.c.rating >= SATISFIED_FROM).label("satisfied"),
            _count(has_answer).label("answers"),
            _count(and_(_REACHED, has_answer)).label("completed"),
            _count(_REACHED).label("delivered"),
        )
        .join(surveys, surveys.c.id == survey_invitations.c.survey_id)
        .outerjoin(
            survey_answers,
            and_(
                survey_answers.c.invitation_id == survey_invitations.c.id,
                survey_answers.c.withdrawn_at.is_(None),
            ),
        )
        .where(survey_invitations.c.workspace_id == workspace_id, surveys.c.project_id.in_(project_ids))
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


def all_projects(
    session: Session, actor: Actor, choices: Collection[ProjectChoice]
) -> tuple[SurveyOfProject, ...]:
    """Return how satisfied the clients of those of the projects are that the person may see."""
    ids = [choice.id for choice in choices]
    visible = set(
        session.connection()
        .execute(
            select(projects.c.id).where(
                projects.c.id.in_(ids), through_role(actor, Capability.SEE_SURVEYS, projects.c.id)
            )
        )
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
