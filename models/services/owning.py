"""What all owned records share: who may own one, who else changed it, and which version it is."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import FromClause, exists, select
from sqlalchemy.orm import Session

from models.errors import Conflict, Invalid
from models.read_models import Actor, PersonRef
from models.rules.risks.states import UNDO_WITHIN
from models.services import audit
from models.services.projects.rows import colleague, why_no_colleague
from models.tables import audit_entries

_NO_OWNER = "Choose somebody of your own team: this person {}."
_WORKED_ON = "Somebody else has worked on it since, so it can't be taken back."
_TOO_LATE = "It is too late to take it back."


class Kept(Protocol):
    """A record with a history."""

    @property
    def id(self) -> UUID:
        """Return its id."""

    @property
    def workspace_id(self) -> UUID:
        """Return its workspace."""

    @property
    def version(self) -> int:
        """Return how often it was changed, counted from 1."""

    @property
    def reference(self) -> object:
        """Return its public name."""


class Raised(Kept, Protocol):
    """One that somebody raised."""

    @property
    def raised_by(self) -> PersonRef:
        """Return who raised it."""


def owner_of(session: Session, workspace_id: UUID, owner_id: UUID | None) -> PersonRef | None:
    """Return who may own a record; None for nobody. Raises Invalid."""
    if owner_id is None:
        return None
    owner = colleague(session, workspace_id, owner_id)
    if owner is None:
        raise Invalid({"owner_id": _NO_OWNER.format(why_no_colleague(session, workspace_id, owner_id))})
    return owner


def owner_after(
    session: Session, workspace_id: UUID, present: PersonRef | None, owner_id: UUID | None
) -> PersonRef | None:
    """Return the owner of that id; the present one may stay whatever became of them. Raises Invalid."""
    if present is not None and owner_id == present.id:
        return present
    return owner_of(session, workspace_id, owner_id)


def others_worked_on(session: Session, record: Raised) -> bool:
    """Tell whether anybody but its raiser has changed it."""
    others = exists().where(
        audit_entries.c.entity_id == record.id, audit_entries.c.person_id != record.raised_by.id
    )
    return bool(session.scalar(select(others)))


def require_undoable(session: Session, record: Raised, *, is_young: bool, instead: str) -> None:
    """Raise Invalid, saying what to do ``instead``, unless whoever raised it may still take it back."""
    if others_worked_on(session, record):
        raise Invalid({"record": f"{_WORKED_ON} {instead}"})
    if not is_young:
        raise Invalid({"record": f"{_TOO_LATE} {instead}"})


def just_logged(session: Session, records: FromClause, actor: Actor, now: datetime) -> UUID | None:
    """Return what the person logged last, where it is young enough to be taken back and is not yet."""
    kept = records.c
    newest = (
        select(kept.id)
        .where(
            kept.workspace_id == actor.workspace_id,
            kept.raised_by_id == actor.person.id,
            kept.raised_at >= now - UNDO_WITHIN,
            kept.withdrawn_at.is_(None),
        )
        .order_by(kept.raised_at.desc(), kept.number.desc())
        .limit(1)
    )
    return session.scalar(newest)


def require_version(session: Session, record: Kept, version: int) -> None:
    """Raise Conflict, with what changed since and who did it, unless that is the present version."""
    if record.version == version:
        return
    entries = audit.history(session, record.workspace_id, record.id, after_version=version)
    raise Conflict(record, audit.collapsed(entries), entries[0].person if entries else None)
