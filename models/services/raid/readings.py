"""These records as messages about them need them: read when a message is drawn, whoever will read it."""

from uuid import UUID

from models.database import Database
from models.read_models import RaidView
from models.services.raid.rows import find_item, items


class RaidReadings:
    """Read-only and without a person: who may see a message is checked where it is sent to."""

    def __init__(self, database: Database) -> None:
        """Take where the records are kept."""
        self._database = database

    def for_notice(self, workspace_id: UUID, item_id: UUID) -> RaidView | None:
        """Return the record as it stands, also one that was taken back."""
        with self._database.read() as session:
            return find_item(session, workspace_id, items.c.id == item_id)
