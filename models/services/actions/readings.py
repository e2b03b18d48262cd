"""Actions as messages about them need them: read when a message is drawn, whoever will read it."""

from uuid import UUID

from models.database import Database
from models.read_models import ActionView
from models.services.actions.rows import find_action


class ActionReadings:
    """Read-only and without a person: messages about actions go to the people concerned alone."""

    def __init__(self, database: Database) -> None:
        """Take where the actions are kept."""
        self._database = database

    def for_notice(self, workspace_id: UUID, action_id: UUID) -> ActionView | None:
        """Return the action as it stands."""
        with self._database.read() as session:
            return find_action(session, workspace_id, action_id)
