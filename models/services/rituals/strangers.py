"""Rituals of kinds that only another version knows: their owners hear, once, that nothing comes of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select

from models.database import Database
from models.rules.delivery import NoticeKind, Operation
from models.rules.rituals.steps import RitualState, StepState
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.projects.rows import IS_ACTIVE, delivery_managers
from models.services.rituals.known import Sorts, is_known_ritual, strange_kinds
from models.tables import people, ritual_occurrences, ritual_steps, rituals

TOLD_AFTER = timedelta(hours=1)
"""How long it is due before anybody hears of it: while a version is rolled out the old one still looks."""


class Strangers:
    """Looks for what is due and nobody here can do."""

    def __init__(self, database: Database, sorts: Sorts) -> None:
        """Take where rituals are kept, and which kinds are known."""
        self._database = database
        self._sorts = sorts
        self._told = set[tuple[UUID, str]]()

    def look(self, now: datetime) -> frozenset[str]:
        """Return the kinds of those that are due; the owners of those that have been for long are told."""
        found = strange_kinds(self._database, self._sorts, now=now)
        if found - self._sorts.keys():
            self._tell(now)
        return found

    def _tell(self, now: datetime) -> None:
        new = [row for row in self._overdue(now) if (row.id, row.planned_through) not in self._told]
        if not new:
            return
        with self._database.write() as session:
            for workspace_id, rows in groupby(new, key=lambda row: row.workspace_id):
                managers = [each.slack_user_id for each in delivery_managers(session, workspace_id)]
                said = [each for row in rows for each in _notices(row, managers)]
                enqueue(session, workspace_id, said, correlation_id=f"strange ritual {now:%F}", now=now)
        self._told.update((row.id, row.planned_through) for row in new)

    def _overdue(self, now: datetime) -> Sequence[Any]:
        since = now - TOLD_AFTER
        is_undone = exists().where(
            ritual_occurrences.c.ritual_id == rituals.c.id,
            ritual_steps.c.occurrence_id == ritual_occurrences.c.id,
            ritual_steps.c.state == StepState.WAITING,
            ritual_steps.c.due_at <= since,
        )
        wanted = (
            select(
                rituals.c.id,
                rituals.c.workspace_id,
                rituals.c.planned_through,
                people.c.slack_user_id.label("owner"),
                IS_ACTIVE.label("owner_is_here"),
            )
            .join(people, people.c.id == rituals.c.owner_id)
            .where(
                ~is_known_ritual(self._sorts),
                rituals.c.state != RitualState.ENDED,
                or_(rituals.c.next_due_at <= since, is_undone),
            )
            .order_by(rituals.c.workspace_id, rituals.c.id)
        )
        with self._database.look() as session:
            return session.connection().execute(wanted).all()


def _notices(row: Any, managers: Sequence[str]) -> Sequence[Outgoing]:  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
    """Return what is said to its owner, or to the delivery managers where the owner is gone.

    It has a new name once a version that knows it has planned it again, and is gone again.
    """
    return [
        Outgoing(
            kind=NoticeKind.RITUAL_UNKNOWN,
            operation=Operation.POST,
            channel_id=person,
            unique_key=f"ritual:{row.id}:unknown:{row.planned_through}:{person}",
            ids={"ritual_id": str(row.id)},
        )
        for person in ([row.owner] if row.owner_is_here else managers)
    ]
