"""What people promised to do: one table, whatever it follows from."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.commands import TITLE_LENGTH
from models.rules.actions import ActionSource, ActionStatus
from models.rules.risks.words import Visibility
from models.tables.base import Base, Id, PersonId, WorkspaceId, closed_set

_IS_OPEN = text("status = 'open'")


class ActionItem(Base):
    """Somebody's promise to do something by a day; the audit trail keeps what it was before.

    ``source_kind`` and ``source_id`` name the record it follows from. ``visibility`` is that record's.
    ``project_id`` is null where it follows from a meeting about several.
    """

    __tablename__ = "action_items"
    __table_args__ = (
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

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("projects.id"))
    source_kind: Mapped[ActionSource] = mapped_column(closed_set(ActionSource))
    source_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(default=1)
    status: Mapped[ActionStatus] = mapped_column(closed_set(ActionStatus))
    visibility: Mapped[Visibility] = mapped_column(closed_set(Visibility))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    owner_id: Mapped[PersonId]
    due_on: Mapped[date]
    raised_by_id: Mapped[PersonId]
    raised_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    closing_reason: Mapped[str] = mapped_column(Text())
