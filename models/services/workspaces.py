"""Slack installations, each with a world of its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from models.database import Database
from models.services.statements import dialect_of, insert_new
from models.tables import workspaces


class Workspaces:
    """Knows the workspaces that Drumbeat is installed in."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def ensure(self, enterprise_id: str, team_id: str, name: str, *, now: datetime) -> UUID:
        """Return the workspace's id, making it known if it is new. ``enterprise_id`` is "" outside Grid."""
        wanted = select(workspaces.c.id).where(
            workspaces.c.enterprise_id == enterprise_id, workspaces.c.team_id == team_id
        )
        with self._database.read() as session:
            known: UUID | None = session.scalar(wanted)
        if known is not None:
            return known
        with self._database.write() as session:
            session.execute(
                insert_new(dialect_of(session), workspaces),
                {"enterprise_id": enterprise_id, "team_id": team_id, "name": name, "created_at": now},
            )
            made: UUID = session.scalars(wanted).one()
        return made
