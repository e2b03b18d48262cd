"""Dissatisfied clients whom nobody has called in time: delivery managers hear of them until somebody does."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from models.read_models import ActionView
from models.read_models.home import LateCall
from models.rules.access import OrganisationRole
from models.rules.actions import ActionStatus
from models.rules.mornings.paces import stage_of
from models.rules.surveys.csat import LOW_ANSWER
from models.rules.surveys.loop import CONTACT_WITHIN
from models.services.actions.rows import action_items
from models.services.mornings.contributions import Batch, Item
from models.services.mornings.touching import touch
from models.services.projects.rows import projects
from models.services.surveys.rows import answers, invitations, surveys

SAID_AGAIN_AFTER = (3,)
"""Days of being overdue on which it is said again, then once a week; the first day has its own message."""


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the calls that are overdue to the delivery managers, the oldest first."""
    managers = [
        each for each in batch.recipients if OrganisationRole.DELIVERY_MANAGER in each.organisation_roles
    ]
    calls = _calls(session, batch.workspace_id, is_overdue(batch.now)) if managers else ()
    return [
        Item(manager.person.id, call.id, stage)
        for manager in managers
        for call in calls
        if (due_on := (call.answered_at + CONTACT_WITHIN).astimezone(manager.zone).date()) < manager.today
        and (stage := stage_of(due_on, manager.today, SAID_AGAIN_AFTER, batch.days_off, manager.week))
    ]


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """Return the condition on answers after which nobody has called in time."""
    return and_(waits_for_call(), answers.c.answered_at < now - CONTACT_WITHIN)


def waits_for_call() -> ColumnElement[bool]:
    """Return the condition on low answers about which somebody is still to speak with the client."""
    is_open = action_items.c.status == ActionStatus.OPEN
    return and_(
        answers.c.rating <= LOW_ANSWER,
        answers.c.withdrawn_at.is_(None),
        answers.c.contacted_at.is_(None),
        answers.c.action_id.in_(select(action_items.c.id).where(is_open)),
    )


def touch_call(session: Session, action: ActionView, *, correlation_id: str, now: datetime) -> None:
    """Have the mornings drawn anew that name the call which this action is about."""
    called = select(answers.c.id).where(answers.c.action_id == action.id)
    for answer_id in session.connection().scalars(called).all():
        token = f"a{action.version}"
        touch(session, action.workspace_id, answer_id, token, correlation_id=correlation_id, now=now)


def late_calls(session: Session, workspace_id: UUID, ids: Collection[UUID]) -> Sequence[LateCall]:
    """Return how these calls stand, the oldest first, without answers that were taken back."""
    return _calls(session, workspace_id, answers.c.id.in_(ids))


def _calls(session: Session, workspace_id: UUID, wanted: ColumnElement[bool]) -> Sequence[LateCall]:
    rows = session.connection().execute(
        select(
            answers.c.id,
            projects.c.id.label("project_id"),
            projects.c.key,
            answers.c.answered_at,
            waits_for_call().label("waits"),
        )
        .join(invitations, invitations.c.id == answers.c.invitation_id)
        .join(surveys, surveys.c.id == invitations.c.survey_id)
        .join(projects, projects.c.id == surveys.c.project_id)
        .where(
            answers.c.workspace_id == workspace_id,
            answers.c.rating <= LOW_ANSWER,
            answers.c.withdrawn_at.is_(None),
            projects.c.archived_at.is_(None),
            wanted,
        )
        .order_by(answers.c.answered_at, answers.c.id)
    )
    return [LateCall(row.id, row.project_id, row.key, row.answered_at, row.waits) for row in rows]
