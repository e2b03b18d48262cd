"""These records as messages about them need them: read when a message is drawn, whoever will read it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from models.database import Database
from models.read_models import HistoryEntry, LinkedRecord, RaidView
from models.services.audit import history
from models.services.raid import links
from models.services.raid.links import Links
from models.services.raid.rows import SELECT, find_item, is_kept, item_of
from models.tables import raid_items


class RaidReadings:
    """Read-only and without a person: who may see a message is checked where it is sent to."""

    def __init__(self, database: Database) -> None:
        """Take where the records are kept."""
        self._database = database

    def for_notice(self, workspace_id: UUID, item_id: UUID) -> RaidView | None:
        """Return the record as it stands, also one that was taken back."""
        with self._database.read() as session:
            return find_item(session, workspace_id, raid_items.c.id == item_id)

    def of(self, workspace_id: UUID, item_ids: Collection[UUID]) -> Mapping[UUID, RaidView]:
        """Return these records as they stand, by id, without those of archived projects."""
        wanted = SELECT.where(
            raid_items.c.workspace_id == workspace_id, raid_items.c.id.in_(item_ids), is_kept()
        )
        with self._database.look() as session:
            return {row.id: item_of(row) for row in session.connection().execute(wanted)}

    def entry(self, workspace_id: UUID, item_id: UUID, version: int) -> HistoryEntry | None:
        """Return the line of history of the change that made this version of the record."""
        with self._database.read() as session:
            entries = history(session, workspace_id, item_id, after_version=version - 1)
        return entries[-1] if entries and entries[-1].version == version else None

    def links(self, item: RaidView) -> Links:
        """Return what a record came from and led to, as far as the whole team may see it."""
        with self._database.read() as session:
            return links.of_item(session, None, item)

    def issues_of(self, workspace_id: UUID, risk_id: UUID) -> tuple[LinkedRecord, ...]:
        """Return the issues that a risk became, likewise."""
        with self._database.read() as session:
            return links.of_risk(session, None, workspace_id, risk_id)[1]
