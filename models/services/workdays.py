"""The days on which a project does not work."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.tables import DayOff
from models.tables.base import table_of

_days_off = table_of(DayOff)


def days_off_at(session: Session, workspace_id: UUID, project_id: UUID) -> frozenset[date]:
    """Return the project's days off, with everybody's."""
    found = session.connection().scalars(
        select(_days_off.c.day).where(
            _days_off.c.workspace_id == workspace_id,
            or_(_days_off.c.project_id.is_(None), _days_off.c.project_id == project_id),
        )
    )
    return frozenset(found)
