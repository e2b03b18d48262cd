"""Rituals as messages about them need them: read when a message is drawn, whoever will read it."""

from uuid import UUID

from sqlalchemy import bindparam

from models.database import Database
from models.direct import Statement
from models.read_models import DueStep
from models.services.rituals.rows import selected_steps, step_of, steps

_STEP = Statement(
    lambda _dialect: selected_steps().where(
        steps.c.workspace_id == bindparam("workspace"), steps.c.id == bindparam("wanted")
    )
)


class RitualReadings:
    """Read-only and without a person: who may see a message is checked where it is sent to."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def step(self, workspace_id: UUID, step_id: UUID) -> DueStep | None:
        """Return the step with the time and the ritual it belongs to."""
        rows = self._database.look_directly(_STEP, {"workspace": workspace_id, "wanted": step_id})
        return step_of(rows[0]) if rows else None
