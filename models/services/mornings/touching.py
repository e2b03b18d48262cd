"""Keeps the morning's message up to date: what was named in it and changes is drawn anew, in its place."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import not_, or_, select
from sqlalchemy.orm import Session

from models.rules.delivery import MessageState, NoticeKind, Operation
from models.services.mornings.rows import items, message_key, mornings, people
from models.services.outbox.enqueue import Outgoing, enqueue
from models.tables import Lane, OutboxMessage
from models.tables.base import table_of

KEPT_UP_FOR = timedelta(hours=24)
"""A morning's message is of its day; the next one says how things stand by then."""

LATER = "later"
"""The part of a morning's message that comes once more on the same day."""

_messages = table_of(OutboxMessage)
_lanes = table_of(Lane)


def touch(
    session: Session, workspace_id: UUID, entity_id: UUID, token: str, *, correlation_id: str, now: datetime
) -> None:
    """Have the mornings that name this drawn anew; ``token`` names the change, for a replay says it once."""
    named = session.connection().execute(
        select(mornings.c.id, people.c.slack_user_id)
        .join(mornings, mornings.c.id == items.c.morning_id)
        .join(people, people.c.id == mornings.c.person_id)
        .where(
            items.c.entity_id == entity_id,
            items.c.workspace_id == workspace_id,
            mornings.c.planned_at > now - KEPT_UP_FOR,
        )
        .distinct()
    )
    for row in named.all():
        redraw(session, workspace_id, row.id, f"{entity_id}:{token}", correlation_id=correlation_id, now=now)


def redraw(
    session: Session, workspace_id: UUID, morning_id: UUID, token: str, *, correlation_id: str, now: datetime
) -> None:
    """Have what was said in one morning drawn anew; what is still to come is drawn when it does."""
    is_to_come = (_messages.c.state == MessageState.PENDING) & (_messages.c.due_at > now)
    posted = session.connection().execute(
        select(_messages.c.id, _messages.c.unique_key, _messages.c.ids, _lanes.c.channel_id)
        .join(_lanes, _lanes.c.id == _messages.c.lane_id)
        .where(
            _messages.c.workspace_id == workspace_id,
            or_(
                _messages.c.unique_key == message_key(morning_id),
                _messages.c.unique_key == message_key(morning_id, LATER),
            ),
            not_(is_to_come),
        )
    )
    said = [
        Outgoing(
            kind=NoticeKind.MORNING,
            operation=Operation.UPDATE,
            channel_id=row.channel_id,
            unique_key=f"{row.unique_key}:update:{token}",
            ids=dict(row.ids),
            depends_on_id=row.id,
        )
        for row in posted
    ]
    enqueue(session, workspace_id, said, correlation_id=correlation_id, now=now)
