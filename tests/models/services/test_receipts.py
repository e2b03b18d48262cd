"""Deliveries that were carried out: remembered as long as Slack may repeat them, then forgotten."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select

from models.database import Database
from models.read_models import Origin
from models.services.receipts import KEPT_FOR, claim, forget_old
from models.services.workspaces import Workspaces
from models.tables import handled_deliveries

NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)


def _claim(database: Database, workspace_id: UUID, receipt: str, now: datetime) -> UUID | None:
    with database.write() as session:
        return claim(session, workspace_id, Origin("c", receipt), uuid4(), now)


def test_old_deliveries_are_forgotten_and_young_ones_are_not(database: Database) -> None:
    workspace_id = Workspaces(database).ensure("", "T1", "Studio", now=NOW)
    _claim(database, workspace_id, "old", NOW - KEPT_FOR - timedelta(minutes=1))
    _claim(database, workspace_id, "young", NOW - KEPT_FOR + timedelta(minutes=1))

    forget_old(database, now=NOW)

    assert _claim(database, workspace_id, "young", NOW) is not None
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(handled_deliveries)) == 1
