"""Rituals as messages about them need them: read when a message is drawn, whoever will read it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam

from models.compiled import Statement
from models.database import Database
from models.read_models import DueStep, RitualSetup
from models.services.rituals.rows import selected_steps, step_of
from models.services.rituals.setups import selected_setups, setup_of
from models.tables import ritual_steps, rituals

_STEP = Statement(
    lambda _dialect: selected_steps().where(
        ritual_steps.c.workspace_id == bindparam("workspace"), ritual_steps.c.id == bindparam("wanted")
    )
)

_RITUAL = Statement(
    lambda _dialect: selected_setups().where(
        rituals.c.workspace_id == bindparam("workspace"), rituals.c.id == bindparam("wanted")
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

    def setup(self, workspace_id: UUID, ritual_id: UUID, now: datetime) -> RitualSetup | None:
        """Return the ritual; it need not be known which one it goes by."""
        rows = self._database.look_directly(_RITUAL, {"workspace": workspace_id, "wanted": ritual_id})
        return setup_of(rows[0], {}, now) if rows else None
