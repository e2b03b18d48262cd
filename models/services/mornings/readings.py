"""Mornings as their message needs them: read when it is drawn."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import MorningItemView, MorningView, PersonRef
from models.rules.mornings.paces import Stage
from models.services.mornings.rows import selected_items
from models.tables import mornings


class MorningReadings:
    """Read-only and without a person: a morning goes to nobody but whose it is."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def morning(self, workspace_id: UUID, morning_id: UUID) -> MorningView | None:
        """Return a morning with what it names; None for one that names nothing."""
        with self._database.look() as session:
            return find_morning(session, workspace_id, morning_id)


def find_morning(session: Session, workspace_id: UUID, morning_id: UUID) -> MorningView | None:
    """Return the workspace's morning of that id, unless it names nothing."""
    wanted = selected_items().where(mornings.c.workspace_id == workspace_id, mornings.c.id == morning_id)
    rows = session.connection().execute(wanted).all()
    if not rows:
        return None
    first = rows[0]
    return MorningView(
        id=first.id,
        workspace_id=first.workspace_id,
        person=PersonRef(first.person_id, first.slack_user_id, first.name),
        zone=ZoneInfo(first.timezone),
        day=first.day,
        planned_at=first.planned_at,
        later_at=first.later_at,
        is_unfolded=first.is_unfolded,
        is_over=first.is_over,
        is_followed=first.is_followed,
        away_until=first.away_until,
        items=tuple(
            MorningItemView(row.contribution, row.entity_id, Stage(row.detail["stage"]), row.detail)
            for row in rows
        ),
    )
