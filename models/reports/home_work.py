"""What a home says of meetings to write about, and of plans that are late: of those that are the person's."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import Actor, DeliverableView, MilestoneView
from models.read_models.home import LatePlan, MissingMinutes, Owed
from models.reports.waiting_clients import managed_by
from models.rules.plans.deliverables import DeliverableState
from models.services.agendas.mornings import due_of, unwritten, writer_of
from models.services.plans.kinds import DELIVERABLES, MILESTONES
from models.services.projects.health_check_rows import checked_projects, owed_by
from models.services.projects.rows import projects


def missing_minutes(
    session: Session, actor: Actor, today: date, most: int, now: datetime
) -> Owed[MissingMinutes]:
    """Return the meetings that wait for the person to write what was agreed, the earliest first."""
    zone = ZoneInfo(actor.timezone)
    theirs = [
        row
        for row in unwritten(session, actor.workspace_id, now)
        if due_of(row, zone) <= today
        and row.starts_at + timedelta(minutes=row.duration_minutes) <= now
        and writer_of(row, today) == actor.person.id
    ]
    first = (MissingMinutes(row.id, row.name, row.starts_at.astimezone(zone).date()) for row in theirs[:most])
    return Owed(len(theirs), tuple(first), sum(due_of(row, zone) < today for row in theirs))


def late_plans(session: Session, actor: Actor, today: date, most: int) -> Owed[LatePlan]:
    """Return, in five statements, the managed projects of whose plan something is late, by their keys."""
    rows = session.execute(
        select(projects.c.id, projects.c.key)
        .where(projects.c.archived_at.is_(None), projects.c.id.in_(managed_by(actor, today)))
        .order_by(projects.c.key)
    ).all()
    ids = [row.id for row in rows]
    if not ids:
        return Owed()
    milestones = defaultdict[UUID, list[MilestoneView]](list)
    for milestone in _late_milestones(session, actor, ids, today):
        milestones[milestone.project_id].append(milestone)
    deliverables = defaultdict[UUID, list[DeliverableView]](list)
    for deliverable in _deliverables(session, actor, ids):
        deliverables[deliverable.project_id].append(deliverable)
    checks = {
        each.id: check.since
        for each in checked_projects(session, actor.workspace_id, ids).values()
        if (check := owed_by(each, today)) is not None
    }
    found = [
        LatePlan(
            row.id,
            row.key,
            (
                *(
                    (f"{each.name} {each.title}", days)
                    for each in milestones[row.id]
                    if (days := each.overdue(today))
                ),
                *(
                    (f"{each.name} {each.title}", days)
                    for each in deliverables[row.id]
                    if (days := each.overdue(today))
                ),
            ),
            tuple(
                f"{each.name} {each.title}"
                for each in deliverables[row.id]
                if each.state is DeliverableState.REJECTED
            ),
            checks.get(row.id),
        )
        for row in rows
    ]
    told = [each for each in found if each.overdue or each.rejected or each.checked_since]
    return Owed(len(told), tuple(told[:most]), sum(bool(each.overdue) for each in told))


def _late_milestones(
    session: Session, actor: Actor, ids: Sequence[UUID], today: date
) -> tuple[MilestoneView, ...]:
    columns = MILESTONES.table.c
    return MILESTONES.read(
        session,
        actor.workspace_id,
        columns.project_id.in_(ids),
        columns.removed_at.is_(None),
        columns.done_on.is_(None),
        columns.forecast_on < today,
    )


def _deliverables(session: Session, actor: Actor, ids: Sequence[UUID]) -> tuple[DeliverableView, ...]:
    columns = DELIVERABLES.table.c
    wanted = [DeliverableState.DUE, DeliverableState.REJECTED]
    return DELIVERABLES.read(
        session,
        actor.workspace_id,
        columns.project_id.in_(ids),
        columns.removed_at.is_(None),
        columns.state.in_(wanted),
    )
