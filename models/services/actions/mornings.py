"""Which actions people's mornings name: what is due tomorrow, today, was three days ago, and then weekly."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from models.rules.actions import ActionStatus
from models.rules.mornings.paces import DAYS_AHEAD, Stage, stage_of
from models.services.mornings.contributions import MOST_OF_ONE, Batch, Item, left_out
from models.services.surveys.overdue_calls import hears_of_all, is_overdue
from models.tables import action_items, projects, survey_answers

SAID_AGAIN_AFTER = (3,)
"""Days of being late on which an owner is reminded again, whatever their pace; later it is once a week."""

"""Of one person, the latest due: what is more can't be read in a morning."""

KIND = "action_reminders"
_REACH = timedelta(days=DAYS_AHEAD + 14)
"""Of the statement alone: further off than working days and days off in a row can be."""


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the open actions of each of these people that are near their day, the earliest due first."""
    recipients = batch.people
    latest = max(each.today for each in batch.recipients) + _REACH
    place = func.row_number().over(
        partition_by=action_items.c.owner_id,
        order_by=(action_items.c.due_on.desc(), action_items.c.raised_at, action_items.c.id),
    )
    wanted = (
        select(
            action_items.c.id,
            action_items.c.owner_id,
            action_items.c.project_id,
            action_items.c.due_on,
            is_call(batch.now).label("is_call"),
            place.label("place"),
            func.count().over(partition_by=action_items.c.owner_id).label("total"),
        )
        .outerjoin(projects, projects.c.id == action_items.c.project_id)
        .where(
            action_items.c.workspace_id == batch.workspace_id,
            action_items.c.owner_id.in_(recipients),
            action_items.c.status == ActionStatus.OPEN,
            action_items.c.due_on <= latest,
            or_(projects.c.id.is_(None), projects.c.archived_at.is_(None)),
            not_(is_nudged()),
        )
        .subquery()
    )
    rows = session.connection().execute(
        select(wanted).where(wanted.c.place <= MOST_OF_ONE).order_by(wanted.c.due_on, wanted.c.place)
    )
    return list(_items(rows.all(), batch))


def is_nudged() -> ColumnElement[bool]:
    """Return the condition on calls to dissatisfied clients: they are nudged apart, as long as that helps."""
    return exists().where(
        survey_answers.c.action_id == action_items.c.id, survey_answers.c.next_due_at.is_not(None)
    )


def is_call(now: datetime) -> ColumnElement[bool]:
    """Return the condition on overdue calls: delivery managers hear of all of them in the same morning."""
    return exists().where(survey_answers.c.action_id == action_items.c.id, is_overdue(now))


def _items(rows: Iterable[Any], batch: Batch) -> Iterator[Item]:
    recipients = batch.people
    for row in rows:
        recipient = recipients[row.owner_id]
        if row.is_call and hears_of_all(recipient):
            continue
        stage = stage_of(row.due_on, recipient.today, SAID_AGAIN_AFTER, batch.days_off, recipient.week)
        if stage is None or not batch.switched_on.covers(KIND, row.project_id, recipient.ritual_day):
            continue
        if recipient.is_back and stage in (Stage.AGAIN, Stage.STILL_LATE):
            stage = Stage.LATE
        yield Item(
            recipient.person.id,
            row.id,
            stage,
            {"due_on": row.due_on.isoformat()} | left_out(row.total),
        )
