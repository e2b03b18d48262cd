"""The one way in which what is planned changes: under its project's lock, once, and written down."""

from collections.abc import Callable
from datetime import datetime
from typing import Generic
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.database import Database
from models.errors import Invalid, NotFound
from models.read_models import Actor, Origin, PlanHistory, PlanPage
from models.read_models.plans import RecordT
from models.rules.access import Capability, may
from models.services import audit
from models.services.mornings.touching import touch
from models.services.owning import require_version
from models.services.plans.rows import Kind
from models.services.projects.changing import FoundProject, find_project, look_at
from models.services.projects.rows import required_project
from models.services.receipts import claim
from models.services.standing import require, standing
from models.value import Value, replace

MOST = 40
"""How many of one kind a project may have: more is a plan that nobody reads, and no message holds it."""

_TOO_MANY = "{} has {} of them already, and more than anybody reads helps nobody. Remove some first."


class Change(Value, Generic[RecordT]):
    """What a person does to a record. ``action`` is what the history calls it.

    ``decide`` returns what becomes of it, or raises; ``version`` is the one that the person saw, where they
    saw one.
    """

    action: str
    decide: Callable[[FoundProject, RecordT], RecordT]
    version: int | None = None
    reason: str = ""
    is_restoring: bool = False


class Records(Generic[RecordT]):
    """What all kinds have in common: looked at, removed, and brought back."""

    def __init__(self, database: Database, kind: Kind[RecordT]) -> None:
        """Take where they are kept, and how."""
        self._database = database
        self._kind = kind

    def page(self, actor: Actor, project_id: UUID) -> PlanPage[RecordT]:
        """Return all that the project has of the kind. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            project = required_project(session, actor.workspace_id, project_id)
            return PlanPage(
                project,
                self._kind.of_project(session, actor.workspace_id, project_id),
                may_change=not project.is_archived and may(standing(actor, project), self._kind.capability),
            )

    def numbered(self, actor: Actor, project_id: UUID, number: int) -> RecordT:
        """Return the project's record of that number. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        columns = self._kind.table.c
        with self._database.read() as session:
            found = self._kind.read(
                session, actor.workspace_id, columns.project_id == project_id, columns.number == number
            )
        if not found:
            raise NotFound(self._kind.what, str(number))
        return found[0]

    def get(self, actor: Actor, record_id: UUID) -> RecordT:
        """Return the record of that id, removed or not. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            return self._kind.required(session, actor.workspace_id, record_id)

    def editable(self, actor: Actor, record_id: UUID) -> RecordT:
        """Return the record if the person may change it. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            record = self._present(session, actor, record_id)
            self._require(session, actor, record.project_id)
        return record

    def addable(self, actor: Actor, project_id: UUID) -> None:
        """Raise NotFound, NotAllowed or Invalid unless the person may add one to the project."""
        with self._database.read() as session:
            self._require(session, actor, project_id)

    def history(self, actor: Actor, record_id: UUID) -> PlanHistory[RecordT]:
        """Return what was done to a record, newest first. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            record = self._kind.required(session, actor.workspace_id, record_id)
            return PlanHistory(record, audit.history(session, actor.workspace_id, record_id))

    def remove(self, actor: Actor, record_id: UUID, *, origin: Origin, now: datetime) -> RecordT:
        """Take a record off the plan; it can be brought back. Raises NotFound, NotAllowed, Invalid."""
        what = Change[RecordT]("removed", lambda _found, record: replace(record, removed_at=now))
        return self._change(actor, record_id, what, origin=origin, now=now)

    def restore(self, actor: Actor, record_id: UUID, *, origin: Origin, now: datetime) -> RecordT:
        """Bring a removed record back. Raises NotFound, NotAllowed, Invalid."""
        what = Change[RecordT](
            "restored", lambda _found, record: replace(record, removed_at=None), is_restoring=True
        )
        return self._change(actor, record_id, what, origin=origin, now=now)

    def _add(
        self,
        actor: Actor,
        project_id: UUID,
        make: Callable[[FoundProject, UUID, int], RecordT],
        *,
        origin: Origin,
        now: datetime,
    ) -> RecordT:
        """Write the record that ``make`` returns for the project, an id and a number."""
        record_id = uuid4()
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, record_id, now)
            if earlier is not None:
                return self._kind.required(session, actor.workspace_id, earlier)
            found = find_project(session, actor, project_id)
            found.require(self._kind.capability)
            found.require_active()
            if len(self._kind.of_project(session, actor.workspace_id, project_id)) >= MOST:
                raise Invalid({"title": _TOO_MANY.format(found.project.key, MOST)})
            record = make(found, record_id, self._kind.next_number(session, project_id))
            self._kind.insert(session, record)
            entry = audit.Entry(self._kind.what, record_id, 1, "added", self._kind.changes(None, record))
            audit.record(session, actor, entry, origin=origin, now=now)
        return record

    def _change(
        self, actor: Actor, record_id: UUID, what: Change[RecordT], *, origin: Origin, now: datetime
    ) -> RecordT:
        """Lock the project, let ``decide`` say what becomes of its record, and write that down."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, record_id, now)
            if earlier is not None:
                return self._kind.required(session, actor.workspace_id, earlier)
            project_id = self._kind.required(session, actor.workspace_id, record_id).project_id
            found = find_project(session, actor, project_id)
            found.require(self._kind.capability)
            found.require_active()
            # Only what is read behind the lock is sure to stay as it is.
            before = self._kind.required(session, actor.workspace_id, record_id)
            if before.removed_at is not None and not what.is_restoring:
                raise NotFound(self._kind.what, before.name)
            if what.version is not None:
                require_version(session, before, what.version)
            decided = what.decide(found, before)
            if decided == before:
                return before
            after = replace(decided, version=before.version + 1, updated_at=now)
            self._kind.update(session, after)
            changes = self._kind.changes(before, after)
            entry = audit.Entry(self._kind.what, record_id, after.version, what.action, changes, what.reason)
            audit.record(session, actor, entry, origin=origin, now=now)
            # Mornings name the project.
            token, told = f"{record_id}:{after.version}", origin.correlation_id
            touch(session, actor.workspace_id, project_id, token, correlation_id=told, now=now)
        return after

    def _present(self, session: Session, actor: Actor, record_id: UUID) -> RecordT:
        require(standing(actor), Capability.SEE_PROJECT)
        record = self._kind.required(session, actor.workspace_id, record_id)
        if record.removed_at is not None:
            raise NotFound(self._kind.what, record.name)
        return record

    def _require(self, session: Session, actor: Actor, project_id: UUID) -> None:
        found = look_at(session, actor, project_id)
        found.require(self._kind.capability)
        found.require_active()
