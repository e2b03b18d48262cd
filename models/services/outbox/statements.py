"""What happens to every message on its way out, as statements that go straight to the driver.

Whatever is out of the ordinary, such as a message about another or a lease that was lost, is left to
``lanes.py`` and ``outbox.py``.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Integer,
    Interval,
    Select,
    bindparam,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    update,
)

from models.compiled import Statement
from models.tables import lanes, method_pauses, outbox_messages
from models.tables.base import UtcDateTime

_ONE: ColumnElement[int] = literal_column("1", Integer()).label("one")
_dependents = outbox_messages.alias("dependents")
_is_unsettled = outbox_messages.c.settled_at.is_(null())


def lease_value(dialect: str, lease: timedelta) -> object:
    """Return a lease's length as ``LEASE`` and ``BEGIN`` take it."""
    return f"+{lease.total_seconds():.3f} seconds" if dialect == "sqlite" else lease


def clock(dialect: str) -> ColumnElement[datetime]:
    """Return the present instant by the database's clock, which all processes share."""
    if dialect == "sqlite":
        return type_coerce(func.strftime("%Y-%m-%d %H:%M:%f000", "now"), UtcDateTime())
    return type_coerce(func.clock_timestamp(), UtcDateTime())


def _lease_end(dialect: str) -> ColumnElement[datetime]:
    if dialect == "sqlite":
        later = func.strftime("%Y-%m-%d %H:%M:%f000", "now", bindparam("lease"))
        return type_coerce(later, UtcDateTime())
    return type_coerce(func.clock_timestamp() + bindparam("lease", type_=Interval()), UtcDateTime())


def _is_waiting() -> ColumnElement[bool]:
    is_due = outbox_messages.c.due_at <= bindparam("now")
    return exists().where(outbox_messages.c.lane_id == lanes.c.id, _is_unsettled, is_due)


def _free_lane(dialect: str, column: ColumnElement[Any], until: str) -> Select[Any]:
    """Return a column of the free lane with something due whose turn comes first, by then."""
    return (
        select(column)
        .where(
            lanes.c.next_send_at <= bindparam(until),
            _is_waiting(),
            or_(lanes.c.leased_until.is_(null()), lanes.c.leased_until <= clock(dialect)),
        )
        .order_by(lanes.c.next_send_at)
        .limit(_ONE)
    )


NEXT_TURN = Statement(lambda dialect: _free_lane(dialect, lanes.c.next_send_at, "soon"))
"""Looks for when the next free lane has its turn, and locks nothing."""


def _lease(dialect: str) -> ClauseElement:
    # On Postgres past the lanes that others are claiming. The lock lets new messages in: their foreign key
    # holds a lane's key, which this leaves alone.
    free = _free_lane(dialect, lanes.c.id, "now").with_for_update(skip_locked=True, key_share=True)
    return (
        update(lanes)
        .where(lanes.c.id == free.scalar_subquery())
        .values(leased_by=bindparam("token"), leased_until=_lease_end(dialect))
        .returning(lanes.c.id)
    )


LEASE_LANE = Statement(_lease)


def _next(_dialect: str) -> ClauseElement:
    related = exists().where(
        _dependents.c.depends_on_id == outbox_messages.c.id, _dependents.c.settled_at.is_(null())
    )
    paused = exists().where(
        method_pauses.c.workspace_id == lanes.c.workspace_id, method_pauses.c.paused_until > bindparam("now")
    )
    return (
        select(
            lanes.c.workspace_id,
            lanes.c.channel_id,
            outbox_messages.c.id,
            outbox_messages.c.kind,
            outbox_messages.c.operation,
            outbox_messages.c.ids,
            outbox_messages.c.unique_key,
            outbox_messages.c.recipient_id,
            outbox_messages.c.correlation_id,
            outbox_messages.c.state,
            outbox_messages.c.attempts,
            outbox_messages.c.expires_at,
            outbox_messages.c.first_tried_at,
            outbox_messages.c.last_error,
            or_(related, paused, outbox_messages.c.depends_on_id.is_not(None)).label("is_entangled"),
        )
        .join(outbox_messages, outbox_messages.c.lane_id == lanes.c.id)
        .where(
            lanes.c.id == bindparam("lane_id"), _is_unsettled, outbox_messages.c.due_at <= bindparam("now")
        )
        .order_by(outbox_messages.c.id)
        .limit(_ONE)
    )


NEXT_MESSAGE = Statement(_next)
"""The first that waits in a lane.

It ``is_entangled`` where others wait for it, it is about another, or a method rests.
"""

BEGIN_LANE = Statement(
    lambda dialect: (
        update(lanes)
        .where(lanes.c.id == bindparam("lane_id"), lanes.c.leased_by == bindparam("token"))
        .values(leased_until=_lease_end(dialect))
    )
)
BEGIN_MESSAGE = Statement(
    lambda _dialect: (
        update(outbox_messages)
        .where(outbox_messages.c.id == bindparam("message_id"), _is_unsettled)
        .values(
            state=bindparam("became"),
            attempts=outbox_messages.c.attempts + _ONE,
            first_tried_at=func.coalesce(
                outbox_messages.c.first_tried_at, bindparam("now", type_=UtcDateTime())
            ),
        )
    )
)
ARRIVED_IN_LANE = Statement(
    lambda _dialect: (
        update(lanes)
        .where(lanes.c.id == bindparam("lane_id"), lanes.c.leased_by == bindparam("token"))
        .values(leased_by=null(), leased_until=null(), next_send_at=bindparam("at"))
    )
)
SENT_MESSAGE = Statement(
    lambda _dialect: (
        update(outbox_messages)
        .where(outbox_messages.c.id == bindparam("message_id"))
        .values(
            state=bindparam("became"),
            last_error=null(),
            settled_at=bindparam("now"),
            sent_channel_id=bindparam("in_channel"),
            sent_ts=bindparam("ts"),
        )
    )
)
