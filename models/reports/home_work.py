"""What a home says of meetings to write about, and of plans that are late: of those that are the person's."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import Actor
from models.read_models.home import LatePlan, MissingMinutes, Owed
from models.reports.waiting_clients import managed_by
from models.services.agendas.mornings import due_of, unwritten, writer_of
from models.services.plans.behind import plans_behind
from models.tables import projects


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
    """Return the managed projects of whose plan something is late, by their keys, in six statements."""
    rows = session.execute(
        select(projects.c.id)
        .where(projects.c.archived_at.is_(None), projects.c.id.in_(managed_by(actor, today)))
        .order_by(projects.c.key)
    ).all()
    told = plans_behind(session, actor.workspace_id, [row.id for row in rows], today)
    return Owed(len(told), tuple(told[:most]), sum(bool(each.overdue) for each in told))
