"""What became of the last message meant for a channel: all that is known of it without asking Slack again."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.rules.delivery import MessageState, Operation
from models.tables import lanes, outbox_messages

LOOKS_BACK = 2000
"""Messages of all channels among which it is looked for, so that no table is read to its beginning."""


def last_refusal(session: Session, workspace_id: UUID, channel_id: str) -> str:
    """Return why the channel did not get the last post meant for it; "" where it did, or nobody knows."""
    newest = select(func.max(outbox_messages.c.id)).scalar_subquery()
    row = session.execute(
        select(outbox_messages.c.state, outbox_messages.c.last_error)
        .join(lanes, lanes.c.id == outbox_messages.c.lane_id)
        .where(
            outbox_messages.c.id > newest - LOOKS_BACK,
            outbox_messages.c.state.in_([MessageState.SENT, MessageState.WITHHELD]),
            outbox_messages.c.operation == Operation.POST,
            lanes.c.workspace_id == workspace_id,
            lanes.c.channel_id == channel_id,
        )
        .order_by(outbox_messages.c.id.desc())
        .limit(1)
    ).one_or_none()
    return row.last_error if row and row.state is MessageState.WITHHELD else ""
