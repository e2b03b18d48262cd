"""Puts what is to be said into the outbox, in the transaction of the change that causes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.database import leave_work
from models.rules.delivery import GRACE, NoticeKind, Operation
from models.rules.quiet import MAY_WAIT
from models.services.outbox.holding import quiet_people, still_to_come
from models.services.statements import Insert, dialect_of, insert_new
from models.tables import Lane, OutboxMessage
from models.tables.base import table_of

_lanes = table_of(Lane).c
_LANE = (
    select(_lanes.id)
    .where(_lanes.workspace_id == bindparam("lane_workspace"), _lanes.channel_id == bindparam("lane_channel"))
    .scalar_subquery()
)


@cache
def _insert_message(dialect: str) -> Insert:
    return insert_new(dialect, OutboxMessage).values(lane_id=_LANE)


@dataclass(frozen=True)
class Outgoing:
    """One thing to say. ``channel_id`` is a channel, or a person's Slack id for their direct messages.

    ``unique_key`` names it for ever: a second message of the same name is dropped. ``depends_on_id`` is the
    message that a reply, an update or a deletion is about; ``recipient_id`` who alone sees an ephemeral one.
    """

    kind: NoticeKind
    operation: Operation
    channel_id: str
    unique_key: str
    ids: dict[str, Any]
    depends_on_id: int | None = None
    recipient_id: str | None = None


def enqueue(
    session: Session,
    workspace_id: UUID,
    messages: Sequence[Outgoing],
    *,
    correlation_id: str,
    now: datetime,
) -> None:
    """Add the messages to their channels' lanes, in this order; lanes come into being as they are needed.

    What can wait is due once the quiet hours of the person it is for are over.
    """
    if not messages:
        return
    due = _due(session, workspace_id, messages, now)
    leave_work(session)
    connection = session.connection()
    # In one order everywhere: transactions that make the same lanes wait for each other, never in a circle.
    channels = sorted({message.channel_id for message in messages})
    connection.execute(
        insert_new(dialect_of(session), Lane),
        [{"workspace_id": workspace_id, "channel_id": channel, "next_send_at": now} for channel in channels],
    )
    connection.execute(
        _insert_message(dialect_of(session)),
        [
            {
                "workspace_id": workspace_id,
                "lane_workspace": workspace_id,
                "lane_channel": message.channel_id,
                "kind": message.kind,
                "operation": message.operation,
                "ids": message.ids,
                "unique_key": message.unique_key,
                "depends_on_id": message.depends_on_id,
                "recipient_id": message.recipient_id,
                "correlation_id": correlation_id,
                "created_at": now,
                "due_at": due_at,
                "expires_at": due_at + GRACE,
            }
            for message, due_at in zip(messages, due, strict=True)
        ],
    )


def _due(
    session: Session, workspace_id: UUID, messages: Sequence[Outgoing], now: datetime
) -> Sequence[datetime]:
    waiting = {message.channel_id for message in messages if message.kind in MAY_WAIT}
    quiet = quiet_people(session, workspace_id, waiting, now)
    if not quiet:
        return [now] * len(messages)
    unsent = still_to_come(session, (each.depends_on_id for each in messages if each.depends_on_id))
    return [
        quiet.get(message.channel_id, now)
        if message.kind in MAY_WAIT and (message.depends_on_id is None or message.depends_on_id in unsent)
        else now
        for message in messages
    ]
