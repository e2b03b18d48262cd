"""Whose morning's message names something about a certain time: nobody is told of it twice then."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import PersonRef
from models.rules.delivery import MessageState
from models.services.mornings.rows import message_key
from models.services.mornings.touching import KEPT_UP_FOR, LATER
from models.tables import morning_items, mornings, outbox_messages

_COMES = (MessageState.PENDING, MessageState.SENDING, MessageState.SENT)


def reminded_about(
    session: Session, entity_id: UUID, people: Collection[PersonRef], within: tuple[datetime, datetime]
) -> frozenset[UUID]:
    """Return the ids of those whose message came with it between these instants, or is to come by then."""
    since, until = within
    rows = session.connection().execute(
        select(mornings.c.id, mornings.c.person_id)
        .join(morning_items, morning_items.c.morning_id == mornings.c.id)
        .where(
            morning_items.c.entity_id == entity_id,
            mornings.c.person_id.in_([person.id for person in people]),
            mornings.c.planned_at > since - KEPT_UP_FOR,
        )
        .distinct()
    )
    keys = {message_key(row.id, part): row.person_id for row in rows for part in ("", LATER)}
    said = session.connection().execute(
        select(outbox_messages.c.unique_key).where(
            outbox_messages.c.unique_key.in_(keys),
            outbox_messages.c.state.in_(_COMES),
            outbox_messages.c.due_at >= since,
            outbox_messages.c.due_at < until,
        )
    )
    return frozenset(keys[row.unique_key] for row in said)
