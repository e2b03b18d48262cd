"""Reads and writes what is planned: each kind has a table of the same shape, told by a ``Kind``."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, Generic
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Table, func, insert, select, update
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import FieldChange, PersonRef
from models.read_models.plans import RecordT
from models.rules.access import Capability
from models.tables import people, projects
from models.value import Value

_adders = people.alias("adders")


class Kind(Value, Generic[RecordT]):
    """How one kind of record is kept. ``fields`` are what people say of it: columns of the same names."""

    what: str
    """What the audit trail and refusals call it."""
    table: Table
    view: Callable[..., RecordT]
    fields: tuple[str, ...]
    capability: Capability
    """What it takes to change one."""
    also: Callable[[Select[Any]], Select[Any]] = lambda wanted: wanted
    """Adds the columns that ``beside`` names to the statement that reads."""
    beside: tuple[str, ...] = ()
    """What is read along from other tables, and never written."""
    audited: tuple[str, ...] = ()
    """What the audit trail keeps of a change, where not exactly the fields."""

    @cached_property
    def select(self) -> Select[Any]:
        """Return the statement that reads records with the names that belong to them."""
        return self.also(
            select(
                self.table,
                projects.c.key.label("project_key"),
                _adders.c.slack_user_id.label("adder_slack_id"),
                _adders.c.name.label("adder_name"),
            )
            .join(projects, projects.c.id == self.table.c.project_id)
            .join(_adders, _adders.c.id == self.table.c.added_by_id)
        )

    def of_row(self, row: Row[Any]) -> RecordT:
        """Return the record of its row."""
        read = row._mapping  # noqa: SLF001 - the public way to a row's columns by name.
        return self.view(
            id=row.id,
            workspace_id=row.workspace_id,
            project_id=row.project_id,
            project_key=row.project_key,
            number=row.number,
            version=row.version,
            added_by=PersonRef(row.added_by_id, row.adder_slack_id, row.adder_name),
            added_at=row.added_at,
            updated_at=row.updated_at,
            removed_at=row.removed_at,
            **{name: read[name] for name in (*self.fields, *self.beside)},
        )

    def read(self, session: Session, workspace_id: UUID, *wanted: ColumnElement[bool]) -> tuple[RecordT, ...]:
        """Return the workspace's records of which all of that is true, by number."""
        rows = session.execute(
            self.select.where(self.table.c.workspace_id == workspace_id, *wanted).order_by(
                self.table.c.project_id, self.table.c.number
            )
        )
        return tuple(map(self.of_row, rows))

    def of_project(self, session: Session, workspace_id: UUID, project_id: UUID) -> tuple[RecordT, ...]:
        """Return what the project has; what was removed is left out."""
        columns = self.table.c
        return self.read(
            session, workspace_id, columns.project_id == project_id, columns.removed_at.is_(None)
        )

    def required(self, session: Session, workspace_id: UUID, record_id: UUID) -> RecordT:
        """Return the workspace's record of that id, removed or not. Raises NotFound."""
        for record in self.read(session, workspace_id, self.table.c.id == record_id):
            return record
        raise NotFound(self.what, str(record_id))

    def next_number(self, session: Session, project_id: UUID) -> int:
        """Return a number that the project never used; the project is locked meanwhile."""
        highest = select(func.max(self.table.c.number)).where(self.table.c.project_id == project_id)
        return (session.scalar(highest) or 0) + 1

    def insert(self, session: Session, *records: RecordT) -> None:
        """Write new records."""
        if records:
            session.execute(
                insert(self.table), [self._identity(each) | self._values(each) for each in records]
            )

    def update(self, session: Session, record: RecordT) -> None:
        """Write a changed record over the one that was locked for it."""
        session.execute(update(self.table).where(self.table.c.id == record.id), self._values(record))

    def changes(self, before: RecordT | None, after: RecordT) -> tuple[FieldChange, ...]:
        """Return what differs, as the audit trail keeps it; ``before`` None means that it is new."""
        audited = self.audited or self.fields
        old = _plain(before, audited) if before is not None else dict.fromkeys(audited)
        new = _plain(after, audited)
        return tuple(FieldChange(name, old[name], new[name]) for name in audited if old[name] != new[name])

    @staticmethod
    def _identity(record: RecordT) -> dict[str, Any]:
        return {
            "id": record.id,
            "workspace_id": record.workspace_id,
            "project_id": record.project_id,
            "number": record.number,
            "added_by_id": record.added_by.id,
            "added_at": record.added_at,
        }

    def _values(self, record: RecordT) -> dict[str, Any]:
        return {
            "version": record.version,
            "updated_at": record.updated_at,
            "removed_at": record.removed_at,
            **{name: getattr(record, name) for name in self.fields},
        }


def _plain(record: object, fields: Iterable[str]) -> Mapping[str, str | None]:
    return {name: _text(getattr(record, name)) for name in fields}


def _text(value: object) -> str | None:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if value not in (None, "") else None
