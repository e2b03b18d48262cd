"""Who has their home before them: it is drawn anew for those alone."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from models.database import Database
from models.read_models import Actor
from models.services.statements import dialect_of, upsert_into
from models.tables import home_visits

MAY_STILL_LOOK = timedelta(hours=2)
"""A home that was opened so long ago may still be before somebody; opened again, it is drawn anew anyway."""
NOTED_ANEW = timedelta(minutes=15)
"""A visit sooner after the last is not worth a write."""


class Visits:
    """Remembers when people last came to their home."""

    def __init__(self, database: Database) -> None:
        """Take where it is kept."""
        self._database = database

    def note(self, actor: Actor, *, now: datetime) -> None:
        """Remember that the person came to their home."""
        if self._since(actor.person.id, now - NOTED_ANEW):
            return
        with self._database.write() as session:
            visit = {"workspace_id": actor.workspace_id, "visited_at": now}
            session.execute(
                upsert_into(dialect_of(session), home_visits)
                .values(person_id=actor.person.id, **visit)
                .on_conflict_do_update(index_elements=["person_id"], set_=visit)
            )

    def may_look(self, actor: Actor, *, now: datetime) -> bool:
        """Tell whether the person may have their home before them."""
        return self._since(actor.person.id, now - MAY_STILL_LOOK)

    def _since(self, person_id: UUID, then: datetime) -> bool:
        wanted = select(exists().where(home_visits.c.person_id == person_id, home_visits.c.visited_at > then))
        with self._database.look() as session:
            return bool(session.scalar(wanted))
