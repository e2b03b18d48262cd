"""Writes and reads the append-only audit trail."""

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models.compiled import Statement
from models.direct import Write
from models.read_models import Actor, FieldChange, HistoryEntry, Origin, PersonRef
from models.rules.access import ProjectRole
from models.services.mornings.touching import touch
from models.services.statements import binds
from models.tables import audit_entries, people
from models.value import Value, replace

PERSON_FIELDS = frozenset(
    {
        "owner_id",
        "acceptance_asked_by_id",
        "taken_by_id",
        "contact_person_id",
        "contacted_by_id",
        "colleague",
        *ProjectRole,
    }
)
"""Fields that hold a person's id: at rest nothing but the id, so that a person can be forgotten."""

_INSERT = insert(audit_entries)
# Inline, for nobody asks for the id.
_RECORD = Statement(
    lambda _dialect: _INSERT.values(
        binds(audit_entries, only=[column.name for column in audit_entries.c if column.name != "id"])
    ).inline()
)
_HISTORY = (
    select(
        audit_entries.c.at,
        audit_entries.c.version,
        audit_entries.c.person_id,
        audit_entries.c.action,
        audit_entries.c.changes,
        audit_entries.c.reason,
        people.c.slack_user_id,
        people.c.name,
    )
    .select_from(audit_entries.outerjoin(people, people.c.id == audit_entries.c.person_id))
    .order_by(audit_entries.c.id.desc())
)


class Entry(Value):
    """One change of one record; ``version`` is the record's version after it."""

    entity: str
    entity_id: UUID
    version: int
    action: str
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""


def record(
    session: Session,
    actor: Actor,
    entry: Entry,
    *,
    origin: Origin,
    now: datetime,
) -> None:
    """Add who did what to which record, and have the mornings that name it drawn anew."""
    record_for(session, actor.workspace_id, actor.person.id, entry, origin=origin, now=now)


def record_for(
    session: Session,
    workspace_id: UUID,
    person_id: UUID | None,
    entry: Entry,
    *,
    origin: Origin,
    now: datetime,
) -> None:
    """Add the same, by nobody where time alone did it."""
    session.connection().execute(_INSERT, _values(workspace_id, person_id, entry, origin, now))
    touch(
        session,
        workspace_id,
        entry.entity_id,
        f"{entry.version}:{_change(origin, now)}",
        correlation_id=origin.correlation_id,
        now=now,
    )


def _change(origin: Origin, now: datetime) -> str:
    """Return a name for the change that nothing else has: a version can come back."""
    return sha256(f"{origin.correlation_id} {origin.receipt} {now.isoformat()}".encode()).hexdigest()[:12]


def redact(
    session: Session, workspace_id: UUID, entity_ids: Collection[UUID], *, by: PersonRef | None
) -> None:
    """Empty what was written about these records, and by that person: the one rewrite that there is."""
    theirs = (audit_entries.c.workspace_id == workspace_id) & audit_entries.c.entity_id.in_(entity_ids)
    emptied = update(audit_entries).where(theirs).values(changes=[], reason="")
    session.connection().execute(emptied)
    if by is not None:
        unsigned = (
            update(audit_entries).where(theirs, audit_entries.c.person_id == by.id).values(person_id=None)
        )
        session.connection().execute(unsigned)


def recording(actor: Actor, entry: Entry, *, origin: Origin, now: datetime) -> Write:
    """Return the same as ``record`` adds, to be written with others."""
    who = actor.person.id
    return Write("entry", _RECORD, _values(actor.workspace_id, who, entry, origin, now))


def _values(
    workspace_id: UUID, person_id: UUID | None, entry: Entry, origin: Origin, now: datetime
) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "entity": entry.entity,
        "entity_id": entry.entity_id,
        "version": entry.version,
        "at": now,
        "person_id": person_id,
        "action": entry.action,
        "changes": [
            {"field": change.field, "before": change.before, "after": change.after}
            for change in entry.changes
        ],
        "reason": entry.reason,
        "correlation_id": origin.correlation_id,
    }


def history(
    session: Session, workspace_id: UUID, entity_id: UUID, *, after_version: int = 0
) -> tuple[HistoryEntry, ...]:
    """Return what happened to a record after the version, newest first; people's ids are names by then."""
    rows = (
        session.connection()
        .execute(
            _HISTORY.where(
                audit_entries.c.workspace_id == workspace_id,
                audit_entries.c.entity_id == entity_id,
                audit_entries.c.version > after_version,
            )
        )
        .all()
    )
    entries = tuple(
        HistoryEntry(
            at=row.at,
            person=PersonRef(row.person_id, row.slack_user_id, row.name) if row.person_id else None,
            action=row.action,
            changes=tuple(FieldChange(**change) for change in row.changes),
            reason=row.reason,
            version=row.version,
        )
        for row in rows
    )
    return _with_names(session, workspace_id, entries)


def collapsed(entries: Sequence[HistoryEntry]) -> tuple[FieldChange, ...]:
    """Return what the entries, newest first, changed in all: the first "before" and the last "after"."""
    found: dict[str, FieldChange] = {}
    for entry in reversed(entries):
        for change in entry.changes:
            earlier = found.get(change.field, change)
            ids = (earlier.slack_ids[0], change.slack_ids[1])
            found[change.field] = replace(change, before=earlier.before, slack_ids=ids)
    return tuple(change for change in found.values() if change.raw[0] != change.raw[1])


def _with_names(
    session: Session, workspace_id: UUID, entries: tuple[HistoryEntry, ...]
) -> tuple[HistoryEntry, ...]:
    ids = {
        UUID(value)
        for entry in entries
        for change in entry.changes
        if change.field in PERSON_FIELDS
        for value in (change.before, change.after)
        if value
    }
    if not ids:
        return entries
    rows = session.connection().execute(
        select(people.c.id, people.c.name, people.c.slack_user_id).where(
            people.c.workspace_id == workspace_id, people.c.id.in_(ids)
        )
    )
    known: dict[str | None, tuple[str, str]] = {str(row.id): (row.name, row.slack_user_id) for row in rows}

    nobody = (None, None)

    def named(change: FieldChange) -> FieldChange:
        if change.field not in PERSON_FIELDS:
            return change
        (before, was), (after, now) = (known.get(id_, nobody) for id_ in (change.before, change.after))
        return replace(change, before=before, after=after, slack_ids=(was, now))

    return tuple(replace(entry, changes=tuple(map(named, entry.changes))) for entry in entries)
