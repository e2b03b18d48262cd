"""What people have filled in of a status and not sent, kept each time the form tells of a choice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import Actor, StatusDraftView
from models.rules.statuses.periods import Period
from models.services.statements import dialect_of, upsert_into
from models.tables import status_drafts

KEPT_FOR = timedelta(days=14)
"""How long a draft waits; by then its period is over."""


def keep(
    session: Session,
    actor: Actor,
    project_id: UUID,
    period: Period,
    filled_in: Mapping[str, str],
    now: datetime,
) -> None:
    """Keep what the person filled in, in the place of what they did before."""
    values = {
        "person_id": actor.person.id,
        "project_id": project_id,
        "starts_on": period.starts_on,
        "workspace_id": actor.workspace_id,
        "filled_in": dict(filled_in),
        "kept_at": now,
    }
    into = upsert_into(dialect_of(session), status_drafts).values(values)
    session.connection().execute(
        into.on_conflict_do_update(
            index_elements=["person_id", "project_id", "starts_on"],
            set_={"filled_in": into.excluded.filled_in, "kept_at": into.excluded.kept_at},
        )
    )


def find(session: Session, actor: Actor, project_id: UUID, period: Period) -> StatusDraftView | None:
    """Return what the person filled in and did not send."""
    row = (
        session.connection()
        .execute(
            select(status_drafts.c.filled_in, status_drafts.c.kept_at).where(
                _is_it(actor, project_id, period.starts_on)
            )
        )
        .one_or_none()
    )
    return StatusDraftView(row.filled_in, row.kept_at) if row else None


def drop(session: Session, actor: Actor, project_id: UUID, period: Period) -> None:
    """Forget the person's draft."""
    session.connection().execute(delete(status_drafts).where(_is_it(actor, project_id, period.starts_on)))


def forget_old(database: Database, *, now: datetime) -> None:
    """Forget the drafts that nobody came back to."""
    with database.write() as session:
        session.execute(delete(status_drafts).where(status_drafts.c.kept_at < now - KEPT_FOR))


def _is_it(actor: Actor, project_id: UUID, starts_on: object) -> ColumnElement[bool]:
    return and_(
        status_drafts.c.workspace_id == actor.workspace_id,
        status_drafts.c.person_id == actor.person.id,
        status_drafts.c.project_id == project_id,
        status_drafts.c.starts_on == starts_on,
    )
