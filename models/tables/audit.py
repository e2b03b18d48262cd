"""The append-only audit trail, and the receipts that make a replay harmless."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Sequence, WorkspaceId


class AuditEntry(Base):
    """One change of one record: who, when, what from, what to. Never deleted.

    It is never updated either, but where a contact or colleague is forgotten: what it says of them goes.
    ``changes`` is a list of ``{"field", "before", "after"}``, values as plain strings.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_entity_id_id", "entity_id", "id"),)

    id: Mapped[Sequence]
    workspace_id: Mapped[WorkspaceId]
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[UUID]
    version: Mapped[int]
    """The record's version after this change."""
    at: Mapped[datetime]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    action: Mapped[str] = mapped_column(String(40))
    changes: Mapped[list[dict[str, Any]]]
    reason: Mapped[str] = mapped_column(Text())
    correlation_id: Mapped[str] = mapped_column(String(64))


class HandledDelivery(Base):
    """A delivery from Slack that was carried out, and the record it made: a replay gets the same answer."""

    __tablename__ = "handled_deliveries"
    # One tree in place of a table and its index: a row is written with every risk.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads this class attribute.

    workspace_id: Mapped[WorkspaceId] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(255), primary_key=True)
    entity_id: Mapped[UUID]
    handled_at: Mapped[datetime]
