"""The days on which a project does not work."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.tables import days_off


def days_off_at(session: Session, workspace_id: UUID, project_id: UUID) -> frozenset[date]:
    """Return the project's days off, with everybody's."""
    found = session.connection().scalars(
        select(days_off.c.day).where(
            days_off.c.workspace_id == workspace_id,
            or_(days_off.c.project_id.is_(None), days_off.c.project_id == project_id),
        )
    )
    return frozenset(found)
