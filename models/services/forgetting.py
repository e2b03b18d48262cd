"""Forgets a colleague: their name goes, and stays away whatever Slack says of them; their records stay."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import NotFound
from models.read_models import Origin
from models.services import audit
from models.services.people import FALLBACK_ZONE, PERSON
from models.sqlite import writing_over
from models.tables import drafts, home_visits, people, person_settings, status_drafts

FORMER = "Former colleague"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When who is remembered anew counts as looked up: Slack is asked about them next."""

_THEIRS = (person_settings, home_visits, drafts, status_drafts)
"""What is about nobody else, and no record."""


class PersonErasure:
    """Takes a person's name out, or lets Slack tell it again; both leave their records alone."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def forget(self, slack_user_id: str, *, origin: Origin, now: datetime) -> None:
        """Forget their name, zone, wishes, visits and drafts; again does no harm. Raises NotFound."""
        with self._database.write() as session, writing_over(session):
            for person in _found(session, slack_user_id):
                if person.forgotten_at is not None:
                    continue
                session.execute(
                    update(people)
                    .where(people.c.id == person.id)
                    .values(name=FORMER, timezone=FALLBACK_ZONE, forgotten_at=now)
                )
                for table in _THEIRS:
                    session.execute(delete(table).where(table.c.person_id == person.id))
                audit.redact(session, person.workspace_id, [person.id], by=None)
                _record(session, person, "forgotten", origin, now)
        self._database.clear_traces(people.name, *(table.name for table in _THEIRS))

    def recall(self, slack_user_id: str, *, origin: Origin, now: datetime) -> None:
        """Let Slack tell their name again; it comes when they are next looked up. Raises NotFound."""
        with self._database.write() as session:
            for person in _found(session, slack_user_id):
                if person.forgotten_at is None:
                    continue
                session.execute(
                    update(people)
                    .where(people.c.id == person.id)
                    .values(forgotten_at=None, checked_at=_LONG_AGO)
                )
                _record(session, person, "recalled", origin, now)


def _found(session: Session, slack_user_id: str) -> Sequence[Row[Any]]:
    theirs = select(people).where(people.c.slack_user_id == slack_user_id).with_for_update()
    found = session.execute(theirs).all()
    if not found:
        raise NotFound(PERSON, slack_user_id)
    return found


def _record(session: Session, person: Row[Any], action: str, origin: Origin, now: datetime) -> None:
    entry = audit.Entry(PERSON, person.id, 1, action)
    audit.record_for(session, person.workspace_id, None, entry, origin=origin, now=now)
