"""Reads the projects that have delivery health checks, with how they stood since the last one."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from models.database import Database
from models.rules.projects.health_check import HealthCheck, WeekAtColour, asks_for_checks, owed
from models.rules.statuses.periods import Cadence
from models.services.projects.inspected import has_health_checks
from models.tables import projects, status_updates, status_versions
from models.value import Value


class CheckedProject(Value):
    """A project that has health checks."""

    id: UUID
    key: str
    starts_on: date
    checked_on: date | None
    weeks: tuple[WeekAtColour, ...]
    """How it stood since its last check, week by week."""


class HealthCheckReadings:
    """Reads what messages say of health checks."""

    def __init__(self, database: Database) -> None:
        """Take where the projects are kept."""
        self._database = database

    def of(self, workspace_id: UUID, project_ids: Collection[UUID]) -> Mapping[UUID, CheckedProject]:
        """Return those of the projects that have checks still, by their ids."""
        with self._database.read() as session:
            return checked_projects(session, workspace_id, project_ids)


def owed_by(project: CheckedProject, today: date) -> HealthCheck | None:
    """Return the check that the project owes."""
    return owed(project.starts_on, today, project.checked_on, project.weeks)


def checked_projects(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID]
) -> Mapping[UUID, CheckedProject]:
    """Return those of the projects that have checks, in two statements at most."""
    if not project_ids:
        return {}
    rows = session.connection().execute(
        select(
            projects.c.id,
            projects.c.key,
            projects.c.kind,
            projects.c.starts_on,
            projects.c.health_checked_on,
        ).where(
            projects.c.workspace_id == workspace_id,
            projects.c.id.in_(project_ids),
            has_health_checks(),
            projects.c.starts_on.is_not(None),
            projects.c.archived_at.is_(None),
        )
    )
    asked = [row for row in rows if asks_for_checks(row.kind, is_switched_on=True)]
    weeks = weeks_since_checks(session, [row.id for row in asked if row.health_checked_on is not None])
    return {row.id: _project_of(row, weeks) for row in asked}


def weeks_since_checks(
    session: Session, project_ids: Collection[UUID]
) -> Mapping[UUID, tuple[WeekAtColour, ...]]:
    """Return how each of the projects stood since its last check; nothing of those without one."""
    found: defaultdict[UUID, tuple[WeekAtColour, ...]] = defaultdict(tuple)
    if project_ids:
        for row in session.connection().execute(_weeks(project_ids)):
            found[row.project_id] += (WeekAtColour(row.starts_on, row.declared),)
    return found


def _weeks(project_ids: Collection[UUID]) -> Select[Any]:
    is_present = and_(
        status_versions.c.status_id == status_updates.c.id,
        status_versions.c.number == status_updates.c.version,
    )
    return (
        select(status_updates.c.project_id, status_updates.c.starts_on, status_versions.c.declared)
        .join(status_versions, is_present)
        .join(projects, projects.c.id == status_updates.c.project_id)
        .where(
            status_updates.c.project_id.in_(project_ids),
            status_updates.c.cadence == Cadence.WEEKLY,
            status_updates.c.starts_on > projects.c.health_checked_on,
        )
        .order_by(status_updates.c.starts_on)
    )


def _project_of(
    row: Any,  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
    weeks: Mapping[UUID, tuple[WeekAtColour, ...]],
) -> CheckedProject:
    return CheckedProject(row.id, row.key, row.starts_on, row.health_checked_on, weeks.get(row.id, ()))
