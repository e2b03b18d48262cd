"""Actions as messages about them need them: read when a message is drawn, whoever will read it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from models.database import Database
from models.read_models import ActionView
from models.services.actions.rows import actions_where, find_action
from models.tables import action_items


class ActionReadings:
    """Read-only and without a person: messages about actions go to the people concerned alone."""

    def __init__(self, database: Database) -> None:
        """Take where the actions are kept."""
        self._database = database

    def for_notice(self, workspace_id: UUID, action_id: UUID) -> ActionView | None:
        """Return the action as it stands."""
        with self._database.read() as session:
            return find_action(session, workspace_id, action_id)

    def of(self, workspace_id: UUID, action_ids: Collection[UUID]) -> Mapping[UUID, ActionView]:
        """Return these actions as they stand, by id, without those of archived projects."""
        with self._database.look() as session:
            found = actions_where(session, workspace_id, action_items.c.id.in_(action_ids))
            return {action.id: action for action in found}
