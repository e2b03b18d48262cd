"""Dissatisfied clients whom nobody has called in time: delivery managers hear of them until somebody does."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.orm import Session

from models.read_models import ActionView, PersonRef
from models.read_models.home import LateCall
from models.rules.access import OrganisationRole
from models.rules.actions import ActionStatus
from models.rules.mornings.paces import Stage, stage_of
from models.rules.surveys.csat import LOW_ANSWER
from models.rules.surveys.loop import CONTACT_WITHIN
from models.services.mornings.contributions import Batch, Item, Recipient
from models.services.mornings.touching import touch
from models.tables import action_items, people, projects, survey_answers, survey_invitations, surveys

SAID_AFTER = (1, 3)
"""Days of being overdue on which it is said, then once a week; on the first day it is said as well."""

_owners = people.alias("call_owner")


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the calls that are overdue to the delivery managers, the oldest first."""
    managers = [each for each in batch.recipients if hears_of_all(each)]
    calls = overdue_calls(session, batch.workspace_id, batch.now) if managers else ()
    return [
        Item(manager.person.id, call.id, stage)
        for manager in managers
        for call in calls
        if (stage := _stage(call, manager, batch)) is not None
    ]


def hears_of_all(recipient: Recipient) -> bool:
    """Tell whether a morning names all overdue calls to the person, those that are theirs to make as well."""
    return OrganisationRole.DELIVERY_MANAGER in recipient.organisation_roles


def _stage(call: LateCall, manager: Recipient, batch: Batch) -> Stage | None:
    due_on = (call.answered_at + CONTACT_WITHIN).astimezone(manager.zone).date()
    if manager.is_back or due_on >= manager.today:
        return Stage.LATE
    return stage_of(due_on, manager.today, SAID_AFTER, batch.days_off, manager.week)


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """Return the condition on answers after which nobody has called in time."""
    return and_(waits_for_call(), survey_answers.c.answered_at < now - CONTACT_WITHIN)


def waits_for_call() -> ColumnElement[bool]:
    """Return the condition on low answers about which somebody is still to speak with the client."""
    is_open = action_items.c.status == ActionStatus.OPEN
    return and_(
        survey_answers.c.rating <= LOW_ANSWER,
        survey_answers.c.withdrawn_at.is_(None),
        survey_answers.c.contacted_at.is_(None),
        survey_answers.c.action_id.in_(select(action_items.c.id).where(is_open)),
    )


def touch_call(session: Session, action: ActionView, *, correlation_id: str, now: datetime) -> None:
    """Have the mornings drawn anew that name the call which this action is about."""
    called = select(survey_answers.c.id).where(survey_answers.c.action_id == action.id)
    for answer_id in session.connection().scalars(called).all():
        token = f"a{action.version}"
        touch(session, action.workspace_id, answer_id, token, correlation_id=correlation_id, now=now)


def overdue_calls(session: Session, workspace_id: UUID, now: datetime) -> Sequence[LateCall]:
    """Return the calls that nobody has made in time, the oldest first."""
    return _calls(session, workspace_id, is_overdue(now))


def late_calls(session: Session, workspace_id: UUID, ids: Collection[UUID]) -> Sequence[LateCall]:
    """Return how these calls stand, the oldest first, without answers that were taken back."""
    return _calls(session, workspace_id, survey_answers.c.id.in_(ids))


def _calls(session: Session, workspace_id: UUID, wanted: ColumnElement[bool]) -> Sequence[LateCall]:
    rows = session.connection().execute(
        select(
            survey_answers.c.id,
            projects.c.id.label("project_id"),
            projects.c.key,
            survey_answers.c.answered_at,
            waits_for_call().label("waits"),
            _owners.c.id.label("owner_id"),
            _owners.c.slack_user_id,
            _owners.c.name,
        )
        .join(survey_invitations, survey_invitations.c.id == survey_answers.c.invitation_id)
        .join(surveys, surveys.c.id == survey_invitations.c.survey_id)
        .join(projects, projects.c.id == surveys.c.project_id)
        .outerjoin(action_items, action_items.c.id == survey_answers.c.action_id)
        .outerjoin(_owners, _owners.c.id == action_items.c.owner_id)
        .where(
            survey_answers.c.workspace_id == workspace_id,
            survey_answers.c.rating <= LOW_ANSWER,
            survey_answers.c.withdrawn_at.is_(None),
            projects.c.archived_at.is_(None),
            wanted,
        )
        .order_by(survey_answers.c.answered_at, survey_answers.c.id)
    )
    return [_call_of(row) for row in rows]


def _call_of(row: Row[Any]) -> LateCall:
    owner = PersonRef(row.owner_id, row.slack_user_id, row.name) if row.owner_id else None
    return LateCall(row.id, row.project_id, row.key, row.answered_at, row.waits, owner)
