"""A delivery that comes twice is carried out once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from models.compiled import Statement
from models.database import Database
from models.direct import Write
from models.read_models import Origin
from models.services.statements import binds, dialect_of, insert_new
from models.tables import handled_deliveries

RECEIPT = "receipt"
"""The name of the write that notes a delivery."""


KEPT_FOR = timedelta(days=7)
"""Slack repeats a delivery within minutes; a week leaves room for whatever was stuck on the way."""


def forget_old(database: Database, *, now: datetime) -> None:
    """Forget deliveries that nobody will repeat any more."""
    with database.write() as session:
        session.execute(delete(handled_deliveries).where(handled_deliveries.c.handled_at < now - KEPT_FOR))


def claim(
    session: Session, workspace_id: UUID, origin: Origin, entity_id: UUID, now: datetime
) -> UUID | None:
    """Note that this delivery is carried out now, for the record ``entity_id``.

    Returns None for the first; for a replay, the record that the first one was about. Comes first in a
    transaction, so that a replay is known before anything else can refuse it; when the transaction fails the
    note is gone with it, and the person may try again.
    """
    if origin.receipt is None:
        return None
    delivery = _delivery(workspace_id, origin, entity_id, now)
    noted = session.connection().execute(_note(dialect_of(session)), delivery).one_or_none()
    return None if noted is not None else handled(session, workspace_id, origin)


def noting(workspace_id: UUID, origin: Origin, entity_id: UUID, now: datetime) -> Iterator[Write]:
    """Yield the same note as ``claim`` makes, to be written with others; a replay finds no row to touch."""
    if origin.receipt is not None:
        yield Write(RECEIPT, _NOTE, _delivery(workspace_id, origin, entity_id, now))


def handled(session: Session, workspace_id: UUID, origin: Origin) -> UUID:
    """Return the record that an earlier delivery of the same receipt was about."""
    wanted = {"workspace_id": workspace_id, "receipt": origin.receipt}
    earlier: UUID = session.connection().execute(_EARLIER, wanted).scalar_one()
    return earlier


def _delivery(workspace_id: UUID, origin: Origin, entity_id: UUID, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "receipt": origin.receipt,
        "entity_id": entity_id,
        "handled_at": now,
    }


_EARLIER = select(handled_deliveries.c.entity_id).where(
    handled_deliveries.c.workspace_id == bindparam("workspace_id"),
    handled_deliveries.c.receipt == bindparam("receipt"),
)


@cache
def _note(dialect: str) -> ReturningInsert[tuple[str]]:
    return insert_new(dialect, handled_deliveries).returning(handled_deliveries.c.receipt)


_NOTE = Statement(
    lambda dialect: insert_new(dialect, handled_deliveries).values(
        binds(handled_deliveries, only=[column.name for column in handled_deliveries.c])
    )
)
