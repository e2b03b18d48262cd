"""What waits for people on Home and comes to no day of its own: their mornings name it every working day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select
from sqlalchemy.orm import Session

from models.rules.access import ALERTED_ROLES
from models.rules.actions import ActionStatus
from models.rules.mornings.paces import Stage
from models.rules.raid.states import RAID_LIVE
from models.rules.risks.states import LIVE, RiskStatus
from models.services.actions.mornings import KIND as ACTION_REMINDERS
from models.services.actions.mornings import is_call, is_nudged
from models.services.moods.unheard import is_unheard_of
from models.services.mornings.contributions import MOST_OF_ONE, Batch, Item, Recipient
from models.services.plans.behind import plans_behind
from models.services.projects.role_holders import holders_of
from models.services.raid.rows import is_kept as is_kept_item
from models.services.risks.mornings import KIND as RISK_REVIEW
from models.services.risks.rows import BAND_RANK, is_kept
from models.services.statuses.asking import asked_among
from models.services.surveys.overdue_calls import hears_of_all, overdue_calls
from models.tables import action_items, mood_alerts, projects, raid_items, risks


class Waiting(StrEnum):
    """What sort of thing waits, the most urgent first; what somebody took on already leads nothing."""

    ALERT = "alert"
    """A client whom nobody has called since their mood fell."""
    CALL = "call"
    """A dissatisfied client whom nobody has called in time."""
    ACCEPTANCE = "acceptance"
    """A risk that somebody asked for leave to accept."""
    REVIEW = "review"
    """A risk of the person's that is overdue, or its review is."""
    RECORD = "record"
    """An issue, assumption, dependency or decision of the person's that is late."""
    ACTION = "action"
    """A late action of the person's."""
    PROMISE = "promise"
    """Such a call that somebody took on, and nobody has said how it went."""
    PLAN = "plan"
    """A project of which milestones or deliverables are late, or were rejected."""
    JUDGEMENT = "judgement"
    """A proposed risk on a project that the person looks after."""


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return what is late, or waits for a word, of each of these people, in six statements.

    What another part of the same message names is left out where it is drawn.
    """
    asked = defaultdict[UUID, list[Recipient]](list)
    for recipient, project_id in asked_among(session, batch):
        asked[project_id].append(recipient)
    of_risks = list(_risks(session, batch, asked))
    order = list(Waiting)
    found = [
        *_alerts(session, batch),
        *_calls(session, batch),
        *of_risks,
        *_records(session, batch),
        *_actions(session, batch),
        *_plans(session, batch, asked),
    ]
    return sorted(found, key=lambda item: order.index(Waiting(item.detail["sort"])))


def _item(recipient: Recipient, entity_id: UUID, sort: Waiting) -> Item:
    return Item(recipient.person.id, entity_id, Stage.LATE, {"sort": sort.value})


def _managers(batch: Batch) -> list[Recipient]:
    return [each for each in batch.recipients if hears_of_all(each)]


def _alerts(session: Session, batch: Batch) -> Iterator[Item]:
    """Yield the mood alerts that nobody took, to all whom they concern, and calls of which nobody told."""
    rows = (
        session.connection()
        .execute(
            select(mood_alerts.c.id, mood_alerts.c.project_id, mood_alerts.c.taken_by_id)
            .join(projects, projects.c.id == mood_alerts.c.project_id)
            .where(
                mood_alerts.c.workspace_id == batch.workspace_id,
                mood_alerts.c.ended_at.is_(None),
                or_(mood_alerts.c.taken_by_id.is_(None), is_unheard_of(batch.now)),
                projects.c.archived_at.is_(None),
            )
            .order_by(mood_alerts.c.opened_at, mood_alerts.c.id)
        )
        .all()
    )
    holders = holders_of(session, {row.project_id for row in rows}, ALERTED_ROLES) if rows else {}
    managers = _managers(batch)
    for row in rows:
        told = {each.person.id for each in holders.get(row.project_id, ())}
        theirs = {row.taken_by_id} if row.taken_by_id else told
        sort = Waiting.PROMISE if row.taken_by_id else Waiting.ALERT
        for recipient in batch.recipients:
            if recipient in managers or recipient.person.id in theirs:
                yield _item(recipient, row.id, sort)


def _calls(session: Session, batch: Batch) -> Iterator[Item]:
    managers = _managers(batch)
    for call in overdue_calls(session, batch.workspace_id, batch.now) if managers else ():
        for manager in managers:
            yield _item(manager, call.id, Waiting.CALL)


def _risks(session: Session, batch: Batch, asked: Mapping[UUID, Collection[Recipient]]) -> Iterator[Item]:
    """Yield the risks that wait for these people, each once, under the first sort that fits."""
    managers = _managers(batch)
    people, latest = batch.people, max(each.today for each in batch.recipients)
    is_proposed = risks.c.status == RiskStatus.PROPOSED
    concerns: ColumnElement[bool] = or_(
        and_(
            risks.c.owner_id.in_(people),
            or_(risks.c.next_review_on < latest, risks.c.due_on < latest),
        ),
        and_(is_proposed, risks.c.project_id.in_(list(asked))),
        risks.c.acceptance_asked_by_id.is_not(None) if managers else false(),
    )
    place = func.row_number().over(
        partition_by=func.coalesce(risks.c.owner_id, risks.c.project_id),
        order_by=(func.coalesce(BAND_RANK, -1).desc(), risks.c.raised_at, risks.c.id),
    )
    wanted = (
        select(risks, place.label("place"))
        .join(projects, projects.c.id == risks.c.project_id)
        .where(
            risks.c.workspace_id == batch.workspace_id,
            risks.c.status.in_(sorted(LIVE)),
            concerns,
            is_kept(),
        )
        .subquery()
    )
    rows = session.connection().execute(
        select(wanted).where(wanted.c.place <= MOST_OF_ONE).order_by(wanted.c.place)
    )
    for row in rows:
        for recipient, sort in _concerned(row, managers, asked, people):
            if batch.switched_on.covers(RISK_REVIEW, row.project_id, recipient.ritual_day):
                yield _item(recipient, row.id, sort)


def _concerned(
    row: Any,  # noqa: ANN401 - a risk's row.
    managers: Iterable[Recipient],
    asked: Mapping[UUID, Collection[Recipient]],
    people: Mapping[UUID, Recipient],
) -> Iterable[tuple[Recipient, Waiting]]:
    found: dict[UUID, tuple[Recipient, Waiting]] = {}
    owner = people.get(row.owner_id)
    if owner is not None and any(day and day < owner.today for day in (row.next_review_on, row.due_on)):
        found[owner.person.id] = owner, Waiting.REVIEW
    if row.status is RiskStatus.PROPOSED:
        found |= {each.person.id: (each, Waiting.JUDGEMENT) for each in asked.get(row.project_id, ())}
    if row.acceptance_asked_by_id is not None:
        found |= {each.person.id: (each, Waiting.ACCEPTANCE) for each in managers}
    return found.values()


def _records(session: Session, batch: Batch) -> Iterator[Item]:
    """Yield the records of these people that are late, the earliest due first."""
    is_theirs = and_(
        raid_items.c.workspace_id == batch.workspace_id,
        raid_items.c.owner_id.in_(batch.people),
        raid_items.c.status.in_(sorted(RAID_LIVE)),
        is_kept_item(),
    )
    for row in _late(session, batch, raid_items.c, is_theirs):
        if batch.switched_on.covers(RISK_REVIEW, row.project_id, batch.people[row.owner_id].ritual_day):
            yield _item(batch.people[row.owner_id], row.id, Waiting.RECORD)


def _actions(session: Session, batch: Batch) -> Iterator[Item]:
    """Yield the actions of these people that are late, without calls of which something else tells them."""
    managers = [each.person.id for each in _managers(batch)]
    is_theirs = and_(
        action_items.c.workspace_id == batch.workspace_id,
        action_items.c.owner_id.in_(batch.people),
        action_items.c.status == ActionStatus.OPEN,
        or_(projects.c.id.is_(None), projects.c.archived_at.is_(None)),
        not_(is_nudged()),
        not_(and_(action_items.c.owner_id.in_(managers), is_call(batch.now))),
    )
    for row in _late(session, batch, action_items.c, is_theirs):
        if batch.switched_on.covers(ACTION_REMINDERS, row.project_id, batch.people[row.owner_id].ritual_day):
            yield _item(batch.people[row.owner_id], row.id, Waiting.ACTION)


def _plans(session: Session, batch: Batch, asked: Mapping[UUID, Collection[Recipient]]) -> Iterator[Item]:
    """Yield the projects behind their plans, to who looks after them."""
    for today in sorted({each.today for each in batch.recipients}):
        for plan in plans_behind(session, batch.workspace_id, list(asked), today):
            for each in asked[plan.project_id] if plan.is_behind else ():
                is_on = batch.switched_on.covers(ACTION_REMINDERS, plan.project_id, each.ritual_day)
                if each.today == today and is_on:
                    yield _item(each, plan.project_id, Waiting.PLAN)


def _late(
    session: Session,
    batch: Batch,
    columns: Any,  # noqa: ANN401 - a table's columns.
    is_theirs: ColumnElement[bool],
) -> Iterator[Any]:
    """Yield the rows of what these people own that is past its day where they are."""
    latest = max(each.today for each in batch.recipients)
    place = func.row_number().over(partition_by=columns.owner_id, order_by=(columns.due_on, columns.id))
    wanted = (
        select(columns.id, columns.owner_id, columns.project_id, columns.due_on, place.label("place"))
        .outerjoin(projects, projects.c.id == columns.project_id)
        .where(is_theirs, columns.due_on < latest)
        .subquery()
    )
    rows = session.connection().execute(
        select(wanted).where(wanted.c.place <= MOST_OF_ONE).order_by(wanted.c.due_on, wanted.c.place)
    )
    for row in rows:
        if row.due_on < batch.people[row.owner_id].today:
            yield row
