"""Which health checks people's mornings name: when one comes due, every thirty days, and a last time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from models.rules.mornings.paces import Stage
from models.rules.projects.health_check import KIND, NUDGED_EVERY, HealthCheck, notice_days
from models.services.mornings.contributions import Batch, Item, Recipient
from models.services.projects.health_check_rows import CheckedProject, checked_projects, owed_by
from models.services.statuses.asking import asked_among

_LONGEST_REST = NUDGED_EVERY


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the checks that the projects that these people run owe, on the days on which that is said."""
    managed = list(asked_among(session, batch))
    found = checked_projects(session, batch.workspace_id, {project_id for _, project_id in managed})
    return list(_items(managed, found, batch))


def _items(
    managed: Iterable[tuple[Recipient, UUID]], found: Mapping[UUID, CheckedProject], batch: Batch
) -> Iterator[Item]:
    for recipient, project_id in managed:
        project = found.get(project_id)
        check = owed_by(project, recipient.today) if project is not None else None
        if project is None or check is None:
            continue
        stage = _stage(project, check, recipient, batch)
        if stage is not None:
            yield Item(recipient.person.id, project.id, stage)


def _stage(project: CheckedProject, check: HealthCheck, recipient: Recipient, batch: Batch) -> Stage | None:
    """Return how it is said, if it is said today; what fell on days off is said the first morning after.

    So is what fell on days on which the ritual does not come round.
    """
    if not batch.switched_on.covers(KIND, project.id, recipient.ritual_day):
        return None
    since = min(recipient.morning.since.astimezone(recipient.zone).date(), _before(project, recipient, batch))
    today = [day for day in notice_days(project.starts_on, check) if since < day <= recipient.today]
    if not today:
        return None
    return Stage.TODAY if check.since in today else Stage.LATE


def _before(project: CheckedProject, recipient: Recipient, batch: Batch) -> date:
    """Return on which day before today the ritual came round last."""
    days = (recipient.today - timedelta(days=ago) for ago in range(1, _LONGEST_REST.days))
    came = (day for day in days if batch.switched_on.covers(KIND, project.id, day))
    return next(came, recipient.today - _LONGEST_REST)
