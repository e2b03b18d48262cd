"""Puts what is to be said into the outbox, in the transaction of the change that causes it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import String, bindparam, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Insert as TableInsert

from models.compiled import Statement
from models.database import leave_work
from models.direct import Write
from models.rules.delivery import GRACE, MessageState, NoticeKind, Operation
from models.rules.mornings.quiet import MAY_WAIT
from models.services.outbox.holding import Rest, may_rest, quiet_people, resting_on, still_to_come
from models.services.statements import Insert, binds, dialect_of, insert_new
from models.tables import lanes, outbox_messages
from models.value import Value

_MESSAGE = "message_"
_WRITTEN = (
    "workspace_id",
    "kind",
    "operation",
    "ids",
    "unique_key",
    "depends_on_id",
    "recipient_id",
    "correlation_id",
    "state",
    "created_at",
    "due_at",
    "expires_at",
    "attempts",
)
"""The columns of a message that is new; all others are empty until somebody sends it."""

_LANE = (
    select(lanes.c.id)
    .where(
        lanes.c.workspace_id == bindparam("lane_workspace"), lanes.c.channel_id == bindparam("lane_channel")
    )
    .scalar_subquery()
)


@cache
def _insert_message(dialect: str) -> Insert:
    return insert_new(dialect, outbox_messages).values(lane_id=_LANE)


class Outgoing(Value):
    """One thing to say. ``channel_id`` is a channel, or a person's Slack id for their direct messages.

    ``unique_key`` names it for ever: a second message of the same name is dropped. ``depends_on_id`` is the
    message that a reply, an update or a deletion is about; ``recipient_id`` who alone sees an ephemeral one.
    ``expires_at`` is when it has no point any more, where that is not the usual grace; ``not_before`` is when
    it is due, where that is not at once.
    """

    kind: NoticeKind
    operation: Operation
    channel_id: str
    unique_key: str
    ids: dict[str, Any]
    depends_on_id: int | None = None
    recipient_id: str | None = None
    expires_at: datetime | None = None
    not_before: datetime | None = None


def enqueue(
    session: Session,
    workspace_id: UUID,
    messages: Sequence[Outgoing],
    *,
    correlation_id: str,
    now: datetime,
) -> None:
    """Add the messages to their channels' lanes, in this order; lanes come into being as they are needed.

    What can wait is due once the quiet hours of the person it is for are over, and news once they are back.
    """
    if not messages:
        return
    due = _due(session, workspace_id, messages, now)
    leave_work(session)
    open_lanes(session, workspace_id, messages, now=now)
    session.connection().execute(
        _insert_message(dialect_of(session)),
        [
            {
                **_values(
                    workspace_id, message, correlation_id, now, max(due_at, message.not_before or due_at)
                ),
                "lane_workspace": workspace_id,
                "lane_channel": message.channel_id,
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
        quiet[message.channel_id].due_at(message.kind, now)
        if message.channel_id in quiet and (message.depends_on_id is None or message.depends_on_id in unsent)
        else now
        for message in messages
    ]


def enqueuing(
    workspace_id: UUID,
    messages: Sequence[Outgoing],
    rests: Mapping[str, Rest] | None = None,
    *,
    correlation_id: str,
    now: datetime,
) -> Iterator[Write]:
    """Yield what adds the same messages, none of which is about another, to be written with other things.

    The lanes of those who are told of a risk are nearly always there already, and hardly anybody has quiet
    hours. A message without its lane is Untouched, and while ``rests`` are not known so is one that somebody
    may want to wait: whoever finds one writes everything again with what ``make_way`` returns. ``is_message``
    knows the names.
    """
    for place, message in enumerate(messages):
        rest = rests.get(message.channel_id) if rests else None
        due_at = rest.due_at(message.kind, now) if rest else now
        values = _values(workspace_id, message, correlation_id, now, due_at)
        values |= {"channel_id": message.channel_id, "state": MessageState.PENDING, "attempts": 0}
        if rests is None and message.kind in MAY_WAIT:
            yield Write(f"{_MESSAGE}{place}", _ENQUEUE_UNLESS_RESTING, values | resting_on(now))
        else:
            yield Write(f"{_MESSAGE}{place}", _ENQUEUE, values)


def make_way(
    session: Session, workspace_id: UUID, messages: Sequence[Outgoing], *, now: datetime
) -> Mapping[str, Rest]:
    """Open the lanes that these messages lack, and return who wants quiet, or is away, of those addressed."""
    open_lanes(session, workspace_id, messages, now=now)
    waiting = {message.channel_id for message in messages if message.kind in MAY_WAIT}
    return quiet_people(session, workspace_id, waiting, now)


def is_message(name: str) -> bool:
    """Tell whether this names one of the writes of ``enqueuing``."""
    return name.startswith(_MESSAGE)


def open_lanes(session: Session, workspace_id: UUID, messages: Sequence[Outgoing], *, now: datetime) -> None:
    """Make the lanes of these messages where they are not there yet; they stay for ever."""
    # In one order everywhere: transactions that make the same lanes wait for each other, never in a circle.
    channels = sorted({message.channel_id for message in messages})
    session.connection().execute(
        insert_new(dialect_of(session), lanes),
        [{"workspace_id": workspace_id, "channel_id": channel, "next_send_at": now} for channel in channels],
    )


def _values(
    workspace_id: UUID, message: Outgoing, correlation_id: str, now: datetime, due_at: datetime
) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "kind": message.kind,
        "operation": message.operation,
        "ids": message.ids,
        "unique_key": message.unique_key,
        "depends_on_id": message.depends_on_id,
        "recipient_id": message.recipient_id,
        "correlation_id": correlation_id,
        "created_at": now,
        "due_at": due_at,
        "expires_at": message.expires_at or due_at + GRACE,
    }


def _into_lane(*, unless_resting: bool) -> TableInsert:
    """Return the INSERT of one message into the lane of its channel, if there is one."""
    values, channel = binds(outbox_messages, only=_WRITTEN), bindparam("channel_id", type_=String())
    lane = select(*values.values(), lanes.c.id).where(
        lanes.c.workspace_id == values["workspace_id"], lanes.c.channel_id == channel
    )
    if unless_resting:
        lane = lane.where(~may_rest(values["workspace_id"], channel))
    return insert(outbox_messages).from_select([*values, "lane_id"], lane, include_defaults=False)


_ENQUEUE = Statement(lambda _dialect: _into_lane(unless_resting=False))
_ENQUEUE_UNLESS_RESTING = Statement(lambda _dialect: _into_lane(unless_resting=True))
