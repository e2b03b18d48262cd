"""What people promised to do: one table, whatever it follows from."""

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Table, Text, Uuid, text

from models.commands import TITLE_LENGTH
from models.rules.actions import ActionSource, ActionStatus
from models.rules.risks.words import Visibility
from models.tables.base import UtcDateTime, closed_set, metadata, optional, own_id, required, workspace_id

_IS_OPEN = text("status = 'open'")


action_items = Table(
    "action_items",
    metadata,
    own_id(),
    workspace_id(),
    optional("project_id", ForeignKey("projects.id")),
    required("source_kind", closed_set(ActionSource)),
    required("source_id", Uuid),
    required("version", Integer, default=1),
    required("status", closed_set(ActionStatus)),
    required("visibility", closed_set(Visibility)),
    required("title", String(TITLE_LENGTH)),
    required("owner_id", ForeignKey("people.id")),
    required("due_on", Date),
    required("raised_by_id", ForeignKey("people.id")),
    required("raised_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    optional("settled_at", UtcDateTime),
    required("closing_reason", Text),
    Index("ix_action_items_source_id", "source_id"),
    Index("ix_action_items_project_id_status_due_on", "project_id", "status", "due_on"),
    Index(
        "ix_action_items_owner_id_due_on",
        "owner_id",
        "due_on",
        postgresql_where=_IS_OPEN,
        sqlite_where=_IS_OPEN,
    ),
    Index(
        "ix_action_items_workspace_id_due_on",
        "workspace_id",
        "due_on",
        postgresql_where=_IS_OPEN,
        sqlite_where=_IS_OPEN,
    ),
)
"""Somebody's promise to do something by a day; the audit trail keeps what it was before.

``source_kind`` and ``source_id`` name the record it follows from. ``visibility`` is that record's.
``project_id`` is null where it follows from a meeting about several.
"""
