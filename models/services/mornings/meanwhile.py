"""What waited for somebody who was away, or wanted quiet: their morning tells of all of it at once."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.rules.delivery import MessageState, Operation
from models.rules.mornings.paces import Stage
from models.rules.mornings.quiet import NEWS
from models.services.mornings.contributions import Batch, Item
from models.tables import lanes as _lanes
from models.tables import outbox_messages

_TOLD = "a morning told of it"


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the news that wait for these people, the earliest first; they do not come by themselves then."""
    people = {each.person.slack_user_id: each.person.id for each in batch.recipients}
    lanes = session.connection().execute(
        select(_lanes.c.id, _lanes.c.channel_id).where(
            _lanes.c.workspace_id == batch.workspace_id, _lanes.c.channel_id.in_(people)
        )
    )
    owners = {row.id: people[row.channel_id] for row in lanes}
    waiting = session.connection().execute(
        update(outbox_messages)
        .where(
            outbox_messages.c.lane_id.in_(owners),
            outbox_messages.c.state == MessageState.PENDING,
            outbox_messages.c.operation == Operation.POST,
            outbox_messages.c.kind.in_(sorted(NEWS)),
            outbox_messages.c.due_at > batch.now,
        )
        .values(state=MessageState.SKIPPED, settled_at=batch.now, last_error=_TOLD)
        .returning(
            outbox_messages.c.id, outbox_messages.c.lane_id, outbox_messages.c.kind, outbox_messages.c.ids
        )
    )
    return [
        Item(
            owners[row.lane_id],
            _record_of(row.ids, batch),
            Stage.TODAY,
            {"kind": row.kind.value, "ids": dict(row.ids)},
        )
        for row in sorted(waiting, key=lambda each: each.id)
    ]


def _record_of(ids: Mapping[str, Any], batch: Batch) -> UUID:
    """Return the record that the message is about: what changes about it is drawn."""
    return next((UUID(value) for name, value in ids.items() if name.endswith("_id")), batch.workspace_id)
