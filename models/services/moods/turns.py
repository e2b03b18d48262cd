"""One change of a project's moods at a time: an alert follows from all of its readings together."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.services.statements import dialect_of

_HIGHEST = 2**63
"""Postgres's lock numbers have 64 bits with a sign."""


def wait_for_turn(session: Session, project_id: UUID) -> None:
    """Keep others off the project's moods until this transaction ends.

    SQLite has one writer anyway. On Postgres it is a lock of its own, for who logs a risk holds the project's
    row while they wait for the outbox, and we the other way round.
    """
    if dialect_of(session) == "postgresql":
        number = project_id.int % 2**64 - _HIGHEST
        session.connection().execute(select(func.pg_advisory_xact_lock(number)))
