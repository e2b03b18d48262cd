"""The nudge two hours before a status is due: once for all projects of a person, and only if one isn't in."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import DueStep
from models.rules.delivery import NoticeKind, Operation
from models.rules.mornings.paces import PACES, Pace
from models.services.mornings.reminded import reminded_about
from models.services.mornings.rows import nudge_key
from models.services.outbox.enqueue import Outgoing
from models.services.projects.role_holders import holders_of
from models.services.standing import turn_of
from models.services.statuses.asking import Asked, asked_in
from models.services.statuses.deadlines import deadlines
from models.services.statuses.owed import SUBMITTING
from models.tables import memberships, person_settings

WITHIN = timedelta(hours=2)
"""Whose morning message asks for it that shortly before, or once more before it is due, is not nudged."""


def nudge(session: Session, step: DueStep, now: datetime) -> Sequence[Outgoing]:
    """Return the nudge to whoever is asked; projects that are due at the same instant have one together."""
    project_id, workspace_id = step.ritual.project_id, step.ritual.workspace_id
    due_at = step.occurrence.starts_at
    waiting = _due_at(session, workspace_id, [project_id], due_at, now) if project_id else ()
    if project_id is None or not waiting:
        return ()
    # Where all are away, nobody is nudged.
    held = holders_of(session, [project_id], SUBMITTING)
    asked = turn_of(held.get(project_id, ()), waiting[0].deadline.due_on).asked
    reminded = reminded_about(session, project_id, asked, (step.due_at - WITHIN, due_at))
    people = [person for person in asked if person.id not in reminded]
    paces = session.connection().execute(
        select(person_settings.c.person_id, person_settings.c.pace).where(
            person_settings.c.person_id.in_([person.id for person in people])
        )
    )
    unwilling = {row.person_id for row in paces if not PACES[row.pace or Pace.STANDARD].is_nudged}
    return [
        Outgoing(
            kind=NoticeKind.STATUS_NUDGE,
            operation=Operation.POST,
            channel_id=person.slack_user_id,
            unique_key=nudge_key(person.id, due_at),
            ids={"person_id": str(person.id), "due_at": due_at.isoformat()},
            expires_at=due_at,
        )
        for person in people
        if person.id not in unwilling
    ]


def waiting_at(
    session: Session, workspace_id: UUID, person_id: UUID, due_at: datetime, now: datetime
) -> Sequence[Asked]:
    """Return what is due at that instant, isn't in, and is asked of that person."""
    theirs = session.connection().execute(
        select(memberships.c.project_id).where(
            memberships.c.workspace_id == workspace_id,
            memberships.c.person_id == person_id,
            memberships.c.role.in_(SUBMITTING),
        )
    )
    ids = {row.project_id for row in theirs}
    holders = holders_of(session, ids, SUBMITTING)
    return [
        each
        for each in _due_at(session, workspace_id, ids, due_at, now)
        if any(
            person.id == person_id
            for person in turn_of(holders.get(each.project_id, ()), each.deadline.due_on).asked
        )
    ]


def _due_at(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID], due_at: datetime, now: datetime
) -> Sequence[Asked]:
    due = deadlines(session, workspace_id, now, project_ids)
    asked = asked_in(session, workspace_id, due, now)
    return [each for each in asked if each.deadline.due_at == due_at and not each.is_in]
