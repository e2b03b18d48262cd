"""The outbox: what the bot has yet to say, written in the transaction that caused it."""

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from models.rules.delivery import MessageState, NoticeKind, Operation
from models.tables.base import (
    Json,
    SlackId,
    UtcDateTime,
    closed_set,
    key,
    metadata,
    optional,
    own_id,
    required,
    sequence,
    workspace_id,
)

UniqueKey = String(200).with_variant(String(200, collation="C"), "postgresql")
"""Compared byte by byte on both databases, so that the index finds all keys with one beginning."""
_DEPENDENT = text("depends_on_id IS NOT NULL")
_UNSETTLED = text("settled_at IS NULL")


lanes = Table(
    "lanes",
    metadata,
    own_id(),
    workspace_id(),
    required("channel_id", SlackId),
    required("next_send_at", UtcDateTime, index=True),
    optional("leased_by", String(80)),
    optional("leased_until", UtcDateTime),
    UniqueConstraint("workspace_id", "channel_id"),
)
"""A channel's queue: the unit of claim, so that order and pacing hold across processes.

``channel_id`` is a channel, or a person's id for their direct messages. The lease is by the
database's clock.
"""


method_pauses = Table(
    "method_pauses",
    metadata,
    key("workspace_id", ForeignKey("workspaces.id")),
    key("method", String(60)),
    required("paused_until", UtcDateTime),
)
"""Slack asked for patience with one method in one workspace."""


outbox_messages = Table(
    "outbox_messages",
    metadata,
    sequence(),
    workspace_id(),
    required("lane_id", ForeignKey("lanes.id")),
    required("kind", closed_set(NoticeKind)),
    required("operation", closed_set(Operation)),
    required("ids", Json),
    required("unique_key", UniqueKey),
    optional("depends_on_id", ForeignKey("outbox_messages.id")),
    # The Slack user who alone sees an ephemeral message.
    optional("recipient_id", SlackId),
    required("correlation_id", String(64)),
    required("state", closed_set(MessageState), default=MessageState.PENDING),
    required("created_at", UtcDateTime),
    required("due_at", UtcDateTime),
    # The end of its grace: later than this it is given up.
    required("expires_at", UtcDateTime),
    required("attempts", Integer, default=0),
    optional("first_tried_at", UtcDateTime),
    optional("next_try_at", UtcDateTime),
    optional("settled_at", UtcDateTime),
    optional("sent_channel_id", SlackId),
    optional("sent_ts", String(40)),
    optional("last_error", Text),
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
"""One thing to say: its kind and the ids it is about, never its text.

``unique_key`` names it for ever: the same cause writes it once. ``depends_on_id`` is the message that an
update, a deletion or a reply is about. ``sent_channel_id`` and ``sent_ts`` are Slack's name for
it once sent.
"""
