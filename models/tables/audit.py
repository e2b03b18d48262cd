"""The append-only audit trail, and the receipts that make a replay harmless."""

from sqlalchemy import ForeignKey, Index, Integer, String, Table, Text, Uuid

from models.tables.base import Json, UtcDateTime, key, metadata, optional, required, sequence, workspace_id

audit_entries = Table(
    "audit_entries",
    metadata,
    sequence(),
    workspace_id(),
    required("entity", String(40)),
    required("entity_id", Uuid),
    # The record's version after this change.
    required("version", Integer),
    required("at", UtcDateTime),
    optional("person_id", ForeignKey("people.id")),
    required("action", String(40)),
    required("changes", Json),
    required("reason", Text),
    required("correlation_id", String(64)),
    Index("ix_audit_entries_entity_id_id", "entity_id", "id"),
)
"""One change of one record: who, when, what from, what to. Never deleted.

It is never updated either, but where a contact or colleague is forgotten: what it says of them goes.
``changes`` is a list of ``{"field", "before", "after"}``, values as plain strings.
"""


handled_deliveries = Table(
    "handled_deliveries",
    metadata,
    key("workspace_id", ForeignKey("workspaces.id")),
    key("receipt", String(255)),
    required("entity_id", Uuid),
    required("handled_at", UtcDateTime),
    # One tree in place of a table and its index: a row is written with every risk.
    sqlite_with_rowid=False,
)
"""A delivery from Slack that was carried out, and the record it made: a replay gets the same answer."""
