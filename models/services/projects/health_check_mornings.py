"""Which health checks people's mornings name: when one comes due, every thirty days, and a last time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from models.rules.access import ProjectRole
from models.rules.health_check import HealthCheck, notice_days
from models.rules.mornings import Stage
from models.services.mornings.contributions import Batch, Item, Recipient
from models.services.projects.health_check_rows import CheckedProject, checked_projects, owed_by
from models.services.projects.rows import memberships, projects


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the checks that the projects of these managers owe, on the days on which that is said."""
    rows = session.connection().execute(
        select(memberships.c.person_id, memberships.c.project_id)
        .join(projects, projects.c.id == memberships.c.project_id)
        .where(
            memberships.c.workspace_id == batch.workspace_id,
            memberships.c.person_id.in_(batch.people),
            memberships.c.role == ProjectRole.PROJECT_MANAGER,
            memberships.c.is_deputy == false(),
            projects.c.has_health_checks,
        )
        .order_by(projects.c.key)
    )
    managed = rows.all()
    found = checked_projects(session, batch.workspace_id, {row.project_id for row in managed})
    return list(_items(managed, found, batch))


def _items(managed: Iterable[Any], found: Mapping[UUID, CheckedProject], batch: Batch) -> Iterator[Item]:
    for row in managed:
        recipient, project = batch.people[row.person_id], found.get(row.project_id)
        check = owed_by(project, recipient.today) if project is not None else None
        if project is None or check is None:
            continue
        stage = _stage(project.starts_on, check, recipient)
        if stage is not None:
            yield Item(recipient.person.id, project.id, stage)


def _stage(starts_on: date, check: HealthCheck, recipient: Recipient) -> Stage | None:
    """Return how it is said, if it is said today; what fell on days off is said the first morning after."""
    since = recipient.morning.since.astimezone(recipient.zone).date()
    today = [day for day in notice_days(starts_on, check) if since < day <= recipient.today]
    if not today:
        return None
    return Stage.TODAY if check.since in today else Stage.LATE
