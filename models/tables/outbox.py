"""The outbox: what the bot has yet to say, written in the transaction that caused it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.rules.delivery import MessageState, NoticeKind, Operation
from models.tables.base import SLACK_ID_LENGTH, Base, Id, Sequence, SlackId, WorkspaceId, closed_set

UniqueKey = String(200).with_variant(String(200, collation="C"), "postgresql")
"""Compared byte by byte on both databases, so that the index finds all keys with one beginning."""
_DEPENDENT = text("depends_on_id IS NOT NULL")
_UNSETTLED = text("settled_at IS NULL")


class Lane(Base):
    """A channel's queue: the unit of claim, so that order and pacing hold across processes.

    ``channel_id`` is a channel, or a person's id for their direct messages. The lease is by the
    database's clock.
    """

    __tablename__ = "lanes"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    channel_id: Mapped[SlackId]
    next_send_at: Mapped[datetime] = mapped_column(index=True)
    leased_by: Mapped[str | None] = mapped_column(String(80))
    leased_until: Mapped[datetime | None]


class MethodPause(Base):
    """Slack asked for patience with one method in one workspace."""

    __tablename__ = "method_pauses"

    workspace_id: Mapped[WorkspaceId] = mapped_column(primary_key=True)
    method: Mapped[str] = mapped_column(String(60), primary_key=True)
    paused_until: Mapped[datetime]


class OutboxMessage(Base):
    """One thing to say: its kind and the ids it is about, never its text.

    ``unique_key`` names it for ever: the same cause writes it once. ``depends_on_id`` is the message that an
    update, a deletion or a reply is about. ``sent_channel_id`` and ``sent_ts`` are Slack's name for
    it once sent.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        UniqueConstraint("workspace_id", "unique_key"),
        CheckConstraint("(settled_at IS NULL) = (state IN ('pending', 'sending'))", name="settled"),
        Index(
            "ix_outbox_messages_unsettled",
            "lane_id",
            "id",
            postgresql_where=_UNSETTLED,
            sqlite_where=_UNSETTLED,
        ),
        Index(
            "ix_outbox_messages_depends_on_id",
            "depends_on_id",
            postgresql_where=_DEPENDENT,
            sqlite_where=_DEPENDENT,
        ),
    )

    id: Mapped[Sequence]
    workspace_id: Mapped[WorkspaceId]
    lane_id: Mapped[UUID] = mapped_column(ForeignKey("lanes.id"))
    kind: Mapped[NoticeKind] = mapped_column(closed_set(NoticeKind))
    operation: Mapped[Operation] = mapped_column(closed_set(Operation))
    ids: Mapped[dict[str, Any]]
    unique_key: Mapped[str] = mapped_column(UniqueKey)
    depends_on_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"))
    recipient_id: Mapped[str | None] = mapped_column(String(SLACK_ID_LENGTH))
    """The Slack user who alone sees an ephemeral message."""
    correlation_id: Mapped[str] = mapped_column(String(64))
    state: Mapped[MessageState] = mapped_column(closed_set(MessageState), default=MessageState.PENDING)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """The end of its grace: later than this it is given up."""
    attempts: Mapped[int] = mapped_column(default=0)
    first_tried_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    sent_channel_id: Mapped[str | None] = mapped_column(String(SLACK_ID_LENGTH))
    sent_ts: Mapped[str | None] = mapped_column(String(40))
    last_error: Mapped[str | None] = mapped_column(Text())
