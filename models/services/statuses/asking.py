"""Which projects are asked how they stand, for which period, and who is asked."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import PersonRef
from models.rules.statuses.periods import Period
from models.services.mornings.contributions import Batch, Recipient
from models.services.projects.role_holders import Holders, holders_of
from models.services.standing import leads
from models.services.statuses.deadlines import Deadline, Deadlines
from models.services.statuses.owed import SUBMITTING, present_of
from models.tables import memberships, projects, status_updates
from models.value import Value


class Asked(Value):
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
    wanted = [(row, *found) for row in rows for found in _periods(row, due, now)]
    submitted = session.connection().execute(
        select(status_updates.c.project_id, status_updates.c.cadence, status_updates.c.starts_on).where(
            status_updates.c.project_id.in_({row.id for row, _, _ in wanted}),
            status_updates.c.starts_on.in_({period.starts_on for _, period, _ in wanted}),
        )
    )
    are_in = {(row.project_id, Period(row.starts_on, row.cadence)) for row in submitted}
    found = [Asked(row.id, period, deadline, (row.id, period) in are_in) for row, period, deadline in wanted]
    return sorted(found, key=lambda each: each.deadline.due_at)


def _periods(
    row: Any,  # noqa: ANN401 - a project's row.
    due: Deadlines,
    now: datetime,
) -> Iterator[tuple[Period, Deadline]]:
    present = present_of(row, now)
    latest = due.latest(row.id, present, now)
    if latest is not None:
        yield latest
    for period in (present, present.next):
        deadline = due.of(row.id, period)
        if deadline is not None and deadline.due_at >= now:
            yield period, deadline
            return


def asked_of(holders: Holders, project_id: UUID, on: date) -> Sequence[PersonRef]:
    """Return who is asked on that day: the manager, else a deputy, else another who may say it."""
    return leads(holders.get(project_id, ()), on)


def asked_among(session: Session, batch: Batch) -> Iterator[tuple[Recipient, UUID]]:
    """Yield who of these people looks after which projects today, by the projects' keys."""
    rows = session.connection().execute(
        select(projects.c.id)
        .where(
            projects.c.workspace_id == batch.workspace_id,
            projects.c.archived_at.is_(None),
            projects.c.id.in_(
                select(memberships.c.project_id).where(
                    memberships.c.person_id.in_(batch.people), memberships.c.role.in_(SUBMITTING)
                )
            ),
        )
        .order_by(projects.c.key)
    )
    ids = [row.id for row in rows]
    holders = holders_of(session, ids, SUBMITTING)
    for project_id in ids:
        for recipient in batch.recipients:
            if recipient.person in asked_of(holders, project_id, recipient.today):
                yield recipient, project_id
