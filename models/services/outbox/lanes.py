"""The lanes in the database: which is free, who holds it, and which of its messages is next."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from logging import getLogger
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, or_, select, update
from sqlalchemy.orm import Session

from models.direct import Found
from models.rules.delivery import MessageState, Operation
from models.services.outbox.troubles import tell_of_trouble
from models.services.outbox.turns import (
    QueuedMessage,
    Related,
    SentMessage,
    Situation,
    Turn,
    Verdict,
    covered,
    turn,
)
from models.tables import lanes, method_pauses, outbox_messages
from models.value import Value

log = getLogger(__name__)

READ_AT_ONCE = 50
"""Messages of a lane looked at in one claim."""

STAND_ALONE = frozenset({Operation.POST, Operation.EPHEMERAL, Operation.FILE})
"""What is about no other message."""

LOOK_AGAIN = timedelta(seconds=1)
"""When a lane is looked at again whose messages all wait for others."""


class Lease(Value):
    """A lane that is ours for a while."""

    lane_id: UUID
    token: str
    """Names this lease; a later one of the same lane has another."""
    first: Found = field(compare=False)
    """The first message that waited in the lane when it was leased, if any did: a row of NEXT_MESSAGE."""


class Rest(Value):
    """Nothing goes out now."""

    until: datetime | None
    """When the next lane has its turn, if one has it in a moment."""


class Claim(Value):
    """A leased lane with the message whose turn it is."""

    lease: Lease
    workspace_id: UUID
    channel_id: str
    message: QueuedMessage
    about: SentMessage | None = None
    """The message that an update, a deletion or a reply is about."""
    covered: tuple[int, ...] = ()
    """Updates that a successful post makes needless."""
    paused: Mapping[str, datetime] = field(default_factory=dict)
    """Until when which methods are to be left alone in this workspace."""


def held_lane(session: Session, lease: Lease) -> Row[Any] | None:
    """Return a leased lane, locked; None when the lease was lost to another claim."""
    return session.execute(
        select(lanes)
        .where(lanes.c.id == lease.lane_id, lanes.c.leased_by == lease.token)
        .with_for_update(key_share=True)
    ).first()


def release(session: Session, lease: Lease, **values: datetime) -> bool:
    """End a lease, and change the lane so; False when the lease was lost to another claim."""
    ended = (
        update(lanes)
        .where(lanes.c.id == lease.lane_id, lanes.c.leased_by == lease.token)
        .values(leased_by=None, leased_until=None, **values)
    )
    return bool(session.connection().execute(ended).rowcount)


def simple_claim(lease: Lease, row: Any, now: datetime) -> Claim | None:  # noqa: ANN401 - of NEXT_MESSAGE.
    """Return the claim of a message that stands for itself; None where its surroundings decide."""
    message = _queued(row)
    if row.is_entangled or message.operation not in STAND_ALONE:
        return None
    if turn(message, Situation(), now) is not Turn.GO:
        return None
    return Claim(lease, row.workspace_id, row.channel_id, message)


def next_claim(session: Session, lane: Row[Any], lease: Lease, now: datetime) -> Claim | None:
    """Settle the messages that need no call, and return the first that does; None when none does now."""
    waiting = session.execute(
        select(outbox_messages)
        .where(outbox_messages.c.lane_id == lane.id, is_unsettled(), outbox_messages.c.due_at <= now)
        .order_by(outbox_messages.c.id)
        .limit(READ_AT_ONCE)
    ).all()
    neighbours = _neighbours(session, waiting, now)
    became: dict[int, MessageState] = {}
    claim, waits = None, False
    for row in waiting:
        message, around = _queued(row), _situation(row, neighbours, became)
        decision = turn(message, around, now)
        if isinstance(decision, Verdict):
            settle(session, lane, row, decision, now)
            became[row.id] = decision.state
        elif decision is Turn.GO:
            claim = Claim(
                lease=lease,
                workspace_id=lane.workspace_id,
                channel_id=lane.channel_id,
                message=message,
                about=around.about.sent if around.about else None,
                covered=covered(message, around),
                paused=_pauses(session, lane.workspace_id, now),
            )
            break
        else:
            waits = True
    if waits:
        session.execute(update(lanes).where(lanes.c.id == lane.id).values(next_send_at=now + LOOK_AGAIN))
    return claim


def settle(session: Session, lane: Row[Any], row: Row[Any], verdict: Verdict, now: datetime) -> None:
    """Write down what became of a message; whatever was given up is logged, and told whom it concerns."""
    change_message(session, row.id, state=verdict.state, last_error=verdict.why or None, settled_at=now)
    if verdict.state is MessageState.DEAD:
        log.warning(
            "gave up message %d (%s %s, correlation %s): %s",
            row.id,
            row.operation.value,
            row.kind.value,
            row.correlation_id,
            verdict.why,
        )
        tell_of_trouble(session, lane, row, verdict.why, now)


def change_message(session: Session, message_id: int, **values: object) -> None:
    """Write these values to a message."""
    session.execute(update(outbox_messages).where(outbox_messages.c.id == message_id).values(values))


def is_unsettled() -> ColumnElement[bool]:
    """Return the condition, as the index that is made for it has it."""
    return outbox_messages.c.settled_at.is_(None)


def _neighbours(session: Session, waiting: Sequence[Row[Any]], now: datetime) -> Sequence[Row[Any]]:
    """Return what these messages are about, and what else is still to happen to the same by now."""
    abouts = {row.depends_on_id for row in waiting if row.depends_on_id is not None}
    heads = abouts | {row.id for row in waiting}
    # What is due later makes nothing needless that is due now.
    happens = and_(is_unsettled(), outbox_messages.c.due_at <= now)
    matters = or_(happens, outbox_messages.c.operation == Operation.DELETE)
    return session.execute(
        select(outbox_messages)
        .where(
            or_(
                outbox_messages.c.id.in_(abouts),
                and_(outbox_messages.c.depends_on_id.in_(heads), matters),
            )
        )
        .order_by(outbox_messages.c.id)
    ).all()


def _situation(
    row: Row[Any], neighbours: Sequence[Row[Any]], became: Mapping[int, MessageState]
) -> Situation:
    """Return what surrounds a message; ``became`` are the states of those that were settled since."""
    about = None
    siblings, dependents = [], []
    for other in neighbours:
        if other.id == row.depends_on_id:
            about = _related(other, became)
        elif other.depends_on_id is not None and other.depends_on_id == row.depends_on_id:
            siblings.append(_related(other, became))
        elif other.depends_on_id == row.id:
            dependents.append(_related(other, became))
    return Situation(about, siblings, dependents)


def _related(row: Row[Any], became: Mapping[int, MessageState]) -> Related:
    sent = SentMessage(row.sent_channel_id, row.sent_ts) if row.sent_channel_id and row.sent_ts else None
    return Related(row.id, row.operation, became.get(row.id, row.state), sent)


def _queued(row: Any) -> QueuedMessage:  # noqa: ANN401 - a message, or a row of NEXT_MESSAGE.
    return QueuedMessage(
        id=row.id,
        kind=row.kind,
        operation=row.operation,
        ids=row.ids,
        unique_key=row.unique_key,
        recipient_id=row.recipient_id,
        correlation_id=row.correlation_id,
        state=row.state,
        attempts=row.attempts,
        expires_at=row.expires_at,
        first_tried_at=row.first_tried_at,
        last_error=row.last_error,
    )


def _pauses(session: Session, workspace_id: UUID, now: datetime) -> dict[str, datetime]:
    found = session.execute(
        select(method_pauses).where(
            method_pauses.c.workspace_id == workspace_id, method_pauses.c.paused_until > now
        )
    )
    return {pause.method: pause.paused_until for pause in found}
