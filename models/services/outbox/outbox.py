"""The outbox from the sender's side: claim a lane, say what became of its next message, let it go.

Every public method is one transaction, so that a process may end between any two of them. Leases go by the
database's clock, which all processes share; everything else goes by the clock that is passed in.
"""

from collections.abc import Sequence
from datetime import datetime
from logging import getLogger
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, update
from sqlalchemy.orm import Session

from models.direct import Untouched, Write
from models.rules.delivery import GRACE, MessageState, Trouble, trouble_of
from models.services.outbox.claims import Claims
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.outbox.lanes import (
    Claim,
    Lease,
    change_message,
    is_unsettled,
    release,
    settle,
)
from models.services.outbox.statements import (
    ARRIVED_IN_LANE,
    BEGIN_LANE,
    BEGIN_MESSAGE,
    SENT_MESSAGE,
)
from models.services.outbox.troubles import tell_of_trouble
from models.services.outbox.turns import SAID_ALREADY, SentMessage, Verdict
from models.services.statements import dialect_of, upsert_into
from models.tables import lanes, method_pauses, outbox_messages

log = getLogger(__name__)


class Outbox(Claims):
    """What the bot has yet to say, for whoever sends it: what is claimed, and what becomes of it."""

    def is_away(self, error: Exception) -> bool:
        """Tell whether an error is about the database, which says nothing against any message."""
        return self._database.is_away(error)

    def begin(self, claim: Claim, *, now: datetime) -> bool:
        """Record that the call is about to be made; False when the lane is somebody else's by now."""
        lane = {
            "lane_id": claim.lease.lane_id,
            "token": claim.lease.token,
            "lease": self._lease_value,
        }
        message = {"message_id": claim.message.id, "became": MessageState.SENDING, "now": now}
        writes = [Write("lane", BEGIN_LANE, lane), Write("message", BEGIN_MESSAGE, message)]
        try:
            self._database.write_directly(writes, leaves_work=False)
        except Untouched:
            return False
        return True

    def settle(
        self,
        claim: Claim,
        verdict: Verdict,
        *,
        sent: SentMessage | None = None,
        next_send_at: datetime,
        now: datetime,
        goes_on: bool = False,
    ) -> Lease | None:
        """Record what became of the message, and let the lane go.

        What was delivered is recorded even when the lease was lost meanwhile: it did happen. Who ``goes_on``
        may be given the next lane in the same commit; where it is None, there may be one all the same.
        """
        if sent is not None and not claim.covered:
            try:
                return self._settle_sent(claim, sent, next_send_at, now, goes_on=goes_on)
            except Untouched:
                log.info("the lease of message %d had ended when it was settled", claim.message.id)
        with self._database.write() as session:
            is_ours = release(session, claim.lease, next_send_at=next_send_at)
            if not is_ours and verdict.state is not MessageState.SENT:
                return None
            lane, message = _rows_of(session, claim)
            settle(session, lane, message, verdict, now)
            if sent is not None:
                change_message(session, message.id, sent_channel_id=sent.channel_id, sent_ts=sent.ts)
            if verdict.state is MessageState.SENT:
                _skip_covered(session, lane, claim, now)
        return None

    def _settle_sent(
        self, claim: Claim, sent: SentMessage, next_send_at: datetime, now: datetime, *, goes_on: bool
    ) -> Lease | None:
        """Record that it was sent. Raises Untouched when the lease was lost meanwhile."""
        lane = {"lane_id": claim.lease.lane_id, "token": claim.lease.token, "at": next_send_at}
        message = {
            "message_id": claim.message.id,
            "became": MessageState.SENT,
            "now": now,
            "in_channel": sent.channel_id,
            "ts": sent.ts,
        }
        writes = [Write("lane", ARRIVED_IN_LANE, lane), Write("message", SENT_MESSAGE, message)]
        # Lost, it leaves the message in doubt: it is looked for, and found.
        if goes_on:
            return self._leasing(writes, now)
        self._database.write_directly(writes, leaves_work=False, may_be_lost=True)
        return None

    def retry(self, claim: Claim, *, at: datetime, why: str, tries: int = 0) -> None:
        """Leave the message for later; its lane waits with it, so that the order holds.

        ``tries`` are those that nobody counted yet, as ``begin`` does.
        """
        with self._database.write() as session:
            _postpone(session, claim, at, why, _waiting(claim), tries)

    def pause(self, claim: Claim, method: str, *, until: datetime) -> None:
        """Leave a method alone in the whole workspace, and the message for later."""
        with self._database.write() as session:
            upsert = upsert_into(dialect_of(session), method_pauses).values(
                workspace_id=claim.workspace_id, method=method, paused_until=until
            )
            session.execute(
                upsert.on_conflict_do_update(
                    index_elements=[method_pauses.c.workspace_id, method_pauses.c.method],
                    set_={"paused_until": upsert.excluded.paused_until},
                    where=method_pauses.c.paused_until < upsert.excluded.paused_until,
                )
            )
            _postpone(session, claim, until, f"{method}: rate limited", _waiting(claim))

    def doubt(self, claim: Claim, *, at: datetime, why: str) -> None:
        """Leave the message for later, in doubt: nobody knows whether its call has happened."""
        with self._database.write() as session:
            _postpone(session, claim, at, why, MessageState.SENDING)

    def clear(self, claim: Claim, *, now: datetime) -> None:
        """Record that a message in doubt did not arrive: its turn comes at once, as if it were new."""
        with self._database.write() as session:
            _postpone(session, claim, now, claim.message.last_error, MessageState.PENDING)

    def defer(self, claim: Claim, *, until: datetime) -> None:
        """Let the lane go until then, with its message as it was."""
        with self._database.write() as session:
            release(session, claim.lease, next_send_at=until)

    def withhold(self, claim: Claim, why: str, instead: Sequence[Outgoing], *, now: datetime) -> None:
        """Record that the channel must not see the message, and tell the people concerned, in one commit."""
        with self._database.write() as session:
            if not release(session, claim.lease, next_send_at=now):
                return
            lane, message = _rows_of(session, claim)
            settle(session, lane, message, Verdict(MessageState.WITHHELD, why), now)
            if not instead and trouble_of(why) is not Trouble.OTHER:
                tell_of_trouble(session, lane, message, why, now)
            enqueue(
                session,
                claim.workspace_id,
                instead,
                correlation_id=claim.message.correlation_id,
                now=now,
            )

    def renew(self, workspace_id: UUID, *, now: datetime) -> None:
        """Give all that is still unsaid its whole grace again, as after a long rest."""
        with self._database.write() as session:
            session.execute(
                update(outbox_messages)
                .where(outbox_messages.c.workspace_id == workspace_id, is_unsettled())
                .values(due_at=now, expires_at=now + GRACE)
            )

    def housekeep(self, *, now: datetime) -> None:
        """Forget pauses that are over."""
        with self._database.write() as session:
            session.execute(delete(method_pauses).where(method_pauses.c.paused_until <= now))


def _rows_of(session: Session, claim: Claim) -> tuple[Row[Any], Row[Any]]:
    """Return the lane and the message of a claim as they are now."""
    lane = select(lanes).where(lanes.c.id == claim.lease.lane_id)
    message = select(outbox_messages).where(outbox_messages.c.id == claim.message.id)
    return session.execute(lane).one(), session.execute(message).one()


def _waiting(claim: Claim) -> MessageState:
    """Return how the message waits on after a call that certainly did not happen: in doubt, if it was."""
    return MessageState.SENDING if claim.message.may_have_arrived else MessageState.PENDING


def _postpone(
    session: Session, claim: Claim, at: datetime, why: str | None, state: MessageState, tries: int = 0
) -> None:
    if release(session, claim.lease, next_send_at=at):
        attempts = outbox_messages.c.attempts + tries
        change_message(
            session, claim.message.id, state=state, next_try_at=at, last_error=why, attempts=attempts
        )


def _skip_covered(session: Session, lane: Row[Any], claim: Claim, now: datetime) -> None:
    needless = select(outbox_messages).where(outbox_messages.c.id.in_(claim.covered), is_unsettled())
    for row in session.execute(needless).all():
        settle(session, lane, row, Verdict(MessageState.SKIPPED, SAID_ALREADY), now)
