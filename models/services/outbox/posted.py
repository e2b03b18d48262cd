"""What was said before about a record, so that it can be corrected or removed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.rules.delivery import NoticeKind, Operation
from models.tables import lanes, outbox_messages
from models.value import Value

_removals = outbox_messages.alias("removals")
_IS_REMOVED = (
    exists()
    .where(_removals.c.depends_on_id == outbox_messages.c.id, _removals.c.operation == Operation.DELETE)
    .label("is_removed")
)


class Posted(Value):
    """A message of its own about a record that was enqueued before, and may be corrected or removed."""

    id: int
    kind: NoticeKind
    channel_id: str
    unique_key: str
    ids: Mapping[str, Any]
    """What it was about when it was enqueued."""
    due_at: datetime
    """When it is, or was, to be sent; what corrects it has no point before."""
    is_removed: bool = False
    """Whether its removal was asked for."""


def posted_with(session: Session, workspace_id: UUID, beginning: str) -> tuple[Posted, ...]:
    """Return the posts and replies enqueued so far whose unique key begins so, oldest first."""
    rows = session.connection().execute(
        select(
            outbox_messages.c.id,
            outbox_messages.c.kind,
            lanes.c.channel_id,
            outbox_messages.c.unique_key,
            outbox_messages.c.ids,
            outbox_messages.c.due_at,
            _IS_REMOVED,
        )
        .join(lanes, lanes.c.id == outbox_messages.c.lane_id)
        .where(
            outbox_messages.c.workspace_id == workspace_id,
            outbox_messages.c.unique_key >= beginning,
            outbox_messages.c.unique_key < _after(beginning),
            outbox_messages.c.operation.in_([Operation.POST, Operation.REPLY]),
        )
        .order_by(outbox_messages.c.id)
    )
    return tuple(
        Posted(
            row.id, row.kind, row.channel_id, row.unique_key, row.ids, row.due_at, is_removed=row.is_removed
        )
        for row in rows
    )


def _after(beginning: str) -> str:
    """Return the first text that no longer begins so, in the order of bytes."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)
