"""Clients by name: known once, however they are capitalised."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.services.statements import dialect_of, insert_new
from models.tables import clients


def client_id(session: Session, workspace_id: UUID, name: str, now: datetime) -> UUID:
    """Return the client of that name, however it is capitalised, making it known first if it is new."""
    wanted = (
        select(clients.c.id)
        .where(clients.c.workspace_id == workspace_id, func.lower(clients.c.name) == func.lower(name))
        .order_by(clients.c.created_at)
        .limit(1)
    )
    known: UUID | None = session.scalar(wanted)
    if known is not None:
        return known
    session.execute(
        insert_new(dialect_of(session), clients),
        {"workspace_id": workspace_id, "name": name, "created_at": now},
    )
    made: UUID = session.scalars(wanted).one()
    return made
