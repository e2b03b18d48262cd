"""Delivery health checks: which project owes one, and that it was done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, FieldChange, Origin, ProjectView
from models.rules.access import Capability
from models.rules.projects.health_check import HealthCheck, WeekAtColour, owed
from models.services import audit
from models.services.projects.changing import FoundProject, find_project, look_at
from models.services.projects.health_check_rows import weeks_since_checks
from models.services.projects.rows import PROJECT, required_project
from models.services.receipts import claim
from models.services.texts import checked_reason
from models.services.zones import today_of
from models.tables import projects

_WHY = "Say in a sentence what you found; that all is well will do."
_NOT_OWED = "{} owes no delivery health check just now."


class HealthChecks:
    """Takes down that a delivery health check was done."""

    def __init__(self, database: Database) -> None:
        """Take where the projects are kept."""
        self._database = database

    def owing(self, actor: Actor, project_id: UUID, *, now: datetime) -> ProjectView:
        """Return the project if it owes a check that the person may do. Raises as ``done`` does."""
        with self._database.read() as session:
            found = look_at(session, actor, project_id)
            _require_owing(found, now)
        return found.project

    def done(
        self, actor: Actor, project_id: UUID, finding: str, *, origin: Origin, now: datetime
    ) -> ProjectView:
        """Note that the check was done today, and what was found.

        Raises NotFound, NotAllowed, and Invalid without a finding or where none is owed.
        """
        finding = checked_reason(finding, _WHY)
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, project_id, now)
            if earlier is not None:
                return required_project(session, actor.workspace_id, earlier)
            found = find_project(session, actor, project_id)
            _require_owing(found, now)
            project = found.project
            today = today_of(project, now)
            session.execute(
                update(projects)
                .where(projects.c.workspace_id == actor.workspace_id, projects.c.id == project_id)
                .values(health_checked_on=today, version=project.version + 1)
            )
            before = project.health_checked_on.isoformat() if project.health_checked_on else None
            change = FieldChange("health_checked_on", before, today.isoformat())
            entry = audit.Entry(PROJECT, project_id, project.version + 1, "checked", (change,), finding)
            audit.record(session, actor, entry, origin=origin, now=now)
            return required_project(session, actor.workspace_id, project_id)


def check_owed(session: Session, project: ProjectView, now: datetime) -> HealthCheck | None:
    """Return the check that the project owes on the day it is there."""
    if not project.is_inspected:
        return None
    weeks = weeks_since_check(session, project)
    return owed(project.starts_on, today_of(project, now), project.health_checked_on, weeks)


def _require_owing(found: FoundProject, now: datetime) -> None:
    found.require(Capability.EDIT_PROJECT)
    found.require_active()
    if check_owed(found.session, found.project, now) is None:
        raise Invalid({"finding": _NOT_OWED.format(found.project.key)})


def weeks_since_check(session: Session, project: ProjectView) -> tuple[WeekAtColour, ...]:
    """Return how the project stood since its last check, week by week, where that matters."""
    if project.health_checked_on is None or not project.is_inspected:
        return ()
    return weeks_since_checks(session, [project.id])[project.id]
