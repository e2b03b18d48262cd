"""Which projects are asked how they stand, for which period, and who is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import PersonRef
from models.rules.rag_periods import Period
from models.services.projects.role_holders import Holders
from models.services.projects.rows import projects
from models.services.standing import leads
from models.services.statuses.deadlines import Deadline, Deadlines
from models.services.statuses.owed import present_of
from models.services.statuses.rows import statuses


@dataclass(frozen=True)
class Asked:
    """A project that is asked how it stands, for one period, and whether that is in."""

    project_id: UUID
    period: Period
    deadline: Deadline
    is_in: bool


def asked_in(session: Session, workspace_id: UUID, due: Deadlines, now: datetime) -> Sequence[Asked]:
    """Return of each project the latest period that was due, and the one that is due next.

    It takes two statements, and the earliest due comes first.
    """
    if not due.project_ids:
        return ()
    rows = session.connection().execute(
        select(projects.c.id, projects.c.key, projects.c.timezone, projects.c.kind)
        .where(
            projects.c.workspace_id == workspace_id,
            projects.c.id.in_(due.project_ids),
            projects.c.archived_at.is_(None),
        )
        .order_by(projects.c.key)
    )
    wanted = [found for row in rows for found in _periods(row, due, now)]
    submitted = session.connection().execute(
        select(statuses.c.project_id, statuses.c.cadence, statuses.c.starts_on).where(
            statuses.c.project_id.in_({project_id for project_id, _, _ in wanted}),
            statuses.c.starts_on.in_({period.starts_on for _, period, _ in wanted}),
        )
    )
    are_in = {(row.project_id, Period(row.starts_on, row.cadence)) for row in submitted}
    found = [
        Asked(project_id, period, deadline, (project_id, period) in are_in)
        for project_id, period, deadline in wanted
    ]
    return sorted(found, key=lambda each: each.deadline.due_at)


def _periods(
    row: Any,  # noqa: ANN401 - a project's row.
    due: Deadlines,
    now: datetime,
) -> Iterator[tuple[UUID, Period, Deadline]]:
    present = present_of(row, now)
    latest = due.latest(row.id, present, now)
    if latest is not None:
        yield row.id, *latest
    for period in (present, present.next):
        deadline = due.of(row.id, period)
        if deadline is not None and deadline.due_at >= now:
            yield row.id, period, deadline
            return


def asked_of(holders: Holders, project_id: UUID, on: date) -> Sequence[PersonRef]:
    """Return who is asked on that day: the manager, else a deputy, else another who may say it."""
    return leads(holders.get(project_id, ()), on)
