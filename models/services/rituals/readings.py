"""Rituals as messages about them need them: read when a message is drawn, whoever will read it."""

from uuid import UUID

from models.database import Database
from models.read_models import DueStep
from models.services.rituals.rows import selected_steps, step_of, steps


class RitualReadings:
    """Read-only and without a person: who may see a message is checked where it is sent to."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def step(self, workspace_id: UUID, step_id: UUID) -> DueStep | None:
        """Return the step with the time and the ritual it belongs to."""
        with self._database.look() as session:
            row = (
                session.connection()
                .execute(selected_steps().where(steps.c.workspace_id == workspace_id, steps.c.id == step_id))
                .first()
            )
        return step_of(row) if row else None
