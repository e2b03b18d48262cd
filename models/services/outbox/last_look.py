"""What became of the last message meant for a channel: all that is known of it without asking Slack again."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.rules.delivery import MessageState, Operation
from models.tables import Lane, OutboxMessage
from models.tables.base import table_of

LOOKS_BACK = 2000
"""Messages of all channels among which it is looked for, so that no table is read to its beginning."""

_messages, _lanes = table_of(OutboxMessage), table_of(Lane)


def last_refusal(session: Session, workspace_id: UUID, channel_id: str) -> str:
    """Return why the channel did not get the last post meant for it; "" where it did, or nobody knows."""
    newest = select(func.max(_messages.c.id)).scalar_subquery()
    row = session.execute(
        select(_messages.c.state, _messages.c.last_error)
        .join(_lanes, _lanes.c.id == _messages.c.lane_id)
        .where(
            _messages.c.id > newest - LOOKS_BACK,
            _messages.c.state.in_([MessageState.SENT, MessageState.WITHHELD]),
            _messages.c.operation == Operation.POST,
            _lanes.c.workspace_id == workspace_id,
            _lanes.c.channel_id == channel_id,
        )
        .order_by(_messages.c.id.desc())
        .limit(1)
    ).one_or_none()
    return row.last_error if row and row.state is MessageState.WITHHELD else ""
