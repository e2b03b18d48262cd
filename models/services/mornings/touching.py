"""Keeps the morning's message up to date: what was named in it and changes is drawn anew, in its place."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, not_, select
from sqlalchemy.orm import Session

from models.rules.delivery import MessageState, Operation
from models.services.mornings.rows import DIGEST, IS_FOLLOWED, IS_OVER, message_key, nudge_key
from models.services.outbox.enqueue import Outgoing, enqueue
from models.tables import lanes, morning_items, mornings, outbox_messages

KEPT_UP_FOR = timedelta(days=5)
"""A morning's message is kept up to date until the next one comes, over a weekend and some days off."""

FORGOTTEN_AFTER = timedelta(days=40)
"""A message of longer ago, from before an absence, is closed no more."""

STATUS_REQUESTS = "weekly_status"
"""The contribution that asks for statuses, of which a nudge may come as well."""

LATER = "later"
"""The part of a morning's message that comes once more on the same day."""


def touch(
    session: Session, workspace_id: UUID, entity_id: UUID, token: str, *, correlation_id: str, now: datetime
) -> None:
    """Have the mornings that name this drawn anew; ``token`` names the change, for a replay says it once."""
    named = (
        session.connection()
        .execute(
            select(
                mornings.c.id,
                mornings.c.later_at,
                mornings.c.person_id,
                morning_items.c.contribution,
                morning_items.c.detail,
            )
            .join(mornings, mornings.c.id == morning_items.c.morning_id)
            .where(
                morning_items.c.entity_id == entity_id,
                morning_items.c.workspace_id == workspace_id,
                mornings.c.planned_at > now - KEPT_UP_FOR,
                not_(IS_OVER),
            )
        )
        .all()
    )
    keys = dict.fromkeys(key for row in named for key in _standing(row, now))
    keys |= dict.fromkeys(_nudge_keys(row for row in named if row.contribution == STATUS_REQUESTS))
    redraw(session, workspace_id, list(keys), f"{entity_id}:{token}", correlation_id=correlation_id, now=now)


def close_earlier(
    session: Session, workspace_id: UUID, people: Collection[UUID], *, correlation_id: str, now: datetime
) -> None:
    """Have what these people's mornings before said drawn a last time: their next one has come."""
    keys = [*_newest(session, people, now, IS_OVER), *_nudges(session, people, now)]
    redraw(session, workspace_id, keys, "over", correlation_id=correlation_id, now=now)
    is_digest = exists().where(
        morning_items.c.morning_id == mornings.c.id, morning_items.c.contribution == DIGEST
    )
    keys = _newest(session, people, now, is_digest, IS_FOLLOWED)
    redraw(session, workspace_id, keys, "followed", correlation_id=correlation_id, now=now)


def _newest(
    session: Session, people: Collection[UUID], now: datetime, *wanted: ColumnElement[bool]
) -> list[str]:
    """Return the key of each person's newest morning of which all of that is true."""
    place = func.row_number().over(partition_by=mornings.c.person_id, order_by=mornings.c.day.desc())
    found = (
        select(mornings.c.id, mornings.c.later_at, place.label("place"))
        .where(mornings.c.person_id.in_(people), mornings.c.planned_at > now - FORGOTTEN_AFTER, *wanted)
        .subquery()
    )
    rows = session.connection().execute(select(found).where(found.c.place == 1))
    return [message_key(row.id, LATER if row.later_at else "") for row in rows]


def touch_theirs(
    session: Session, workspace_id: UUID, person_id: UUID, token: str, *, correlation_id: str, now: datetime
) -> None:
    """Have a person's own messages drawn anew: they went away, or came back."""
    theirs = session.connection().execute(
        select(mornings.c.id, mornings.c.later_at).where(
            mornings.c.person_id == person_id, mornings.c.planned_at > now - KEPT_UP_FOR, not_(IS_OVER)
        )
    )
    keys = [key for row in theirs for key in _standing(row, now)]
    keys += _nudges(session, [person_id], now)
    redraw(session, workspace_id, keys, token, correlation_id=correlation_id, now=now)


def _standing(row: Any, now: datetime) -> Iterator[str]:  # noqa: ANN401 - a morning's row.
    """Yield the keys of what stands of a morning: the first message goes when it comes once more."""
    if row.later_at is None or row.later_at > now:
        yield message_key(row.id)
    yield message_key(row.id, LATER)


def _nudges(session: Session, people: Collection[UUID], now: datetime) -> Sequence[str]:
    """Return the keys of the nudges of late about statuses that these people's mornings named."""
    rows = session.connection().execute(
        select(mornings.c.person_id, morning_items.c.detail)
        .join(morning_items, morning_items.c.morning_id == mornings.c.id)
        .where(
            mornings.c.person_id.in_(people),
            mornings.c.planned_at > now - KEPT_UP_FOR,
            morning_items.c.contribution == STATUS_REQUESTS,
        )
    )
    return _nudge_keys(rows)


def _nudge_keys(rows: Iterable[Any]) -> Sequence[str]:
    """Return the keys of the nudges about what these items ask for."""
    return sorted(
        {nudge_key(row.person_id, datetime.fromisoformat(str(row.detail["due_at"]))) for row in rows}
    )


def redraw(
    session: Session,
    workspace_id: UUID,
    keys: Collection[str],
    token: str,
    *,
    correlation_id: str,
    now: datetime,
    at: datetime | None = None,
) -> None:
    """Have what was said under these keys drawn anew, now or ``at`` a time; what is to come is drawn then."""
    if not keys:
        return
    is_to_come = (outbox_messages.c.state == MessageState.PENDING) & (outbox_messages.c.due_at > now)
    posted = session.connection().execute(
        select(
            outbox_messages.c.id,
            outbox_messages.c.kind,
            outbox_messages.c.unique_key,
            outbox_messages.c.ids,
            lanes.c.channel_id,
        )
        .join(lanes, lanes.c.id == outbox_messages.c.lane_id)
        .where(
            outbox_messages.c.workspace_id == workspace_id,
            outbox_messages.c.unique_key.in_(keys),
            not_(is_to_come),
        )
    )
    said = [
        Outgoing(
            kind=row.kind,
            operation=Operation.UPDATE,
            channel_id=row.channel_id,
            unique_key=f"{row.unique_key}:update:{token}",
            ids=dict(row.ids),
            depends_on_id=row.id,
            not_before=at,
        )
        for row in posted
    ]
    enqueue(session, workspace_id, said, correlation_id=correlation_id, now=now)
