"""Statuses as messages about them need them: read when a message is drawn, whoever will read it."""

from uuid import UUID

from models.database import Database
from models.read_models import RoleHolder, StatusInRow
from models.services.projects.rows import required_project
from models.services.statuses.rows import find_status, in_row, statuses


class StatusReadings:
    """Read-only and without a person: who may see a message is checked where it is sent to."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def for_notice(self, workspace_id: UUID, status_id: UUID) -> StatusInRow | None:
        """Return the status in the version that stands."""
        with self._database.read() as session:
            found = find_status(session, workspace_id, statuses.c.id == status_id)
            return in_row(session, found) if found else None

    def roles(self, workspace_id: UUID, project_id: UUID) -> tuple[RoleHolder, ...]:
        """Return who does what on the project."""
        with self._database.read() as session:
            return required_project(session, workspace_id, project_id).roles
