"""The outbox from the sender's side: claim a lane, say what became of its next message, let it go.

Every public method is one transaction, so that a process may end between any two of them. Leases go by the
database's clock, which all processes share; everything else goes by the clock that is passed in.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from logging import getLogger
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.database import Database
from models.direct import Untouched, Write
from models.rules.delivery import GRACE, MessageState, Trouble, trouble_of
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.outbox.lanes import (
    Claim,
    held_lane,
    is_unsettled,
    next_claim,
    settle,
    simple_claim,
)
from models.services.outbox.statements import (
    ARRIVED_IN_LANE,
    BEGIN_LANE,
    BEGIN_MESSAGE,
    FREE_LANE,
    LEASE_LANE,
    NEXT_MESSAGE,
    NEXT_TURN,
    SENT_MESSAGE,
    lease_value,
)
from models.services.outbox.troubles import tell_of_trouble
from models.services.outbox.turns import SAID_ALREADY, SentMessage, Verdict
from models.services.statements import dialect_of, upsert_into
from models.tables import Lane, MethodPause, OutboxMessage

log = getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a lane belongs to one sender: several times what looking up, drawing and one call may take."""

SET_ASIDE = timedelta(seconds=30)
"""How long a lane waits that this version of the program cannot read."""


class Outbox:
    """What the bot has yet to say, for whoever sends it."""

    def __init__(self, database: Database, *, lease: timedelta = LEASE) -> None:
        """Take the database, and how long a claim holds."""
        self._database = database
        self._lease_value = lease_value(database.dialect, lease)

    def claim(self, *, now: datetime) -> Claim | None:
        """Lease a lane whose next message may go out now; None when there is none.

        Messages before it that have nothing left to say are settled on the way.
        """
        while self._has_due(now):
            token = uuid4().hex
            lease = {"token": token, "lease": self._lease_value, "now": now}
            try:
                # Lost, it is no lease: somebody else has the lane then.
                leased = self._database.write_directly(
                    [Write("lane", LEASE_LANE, lease)], leaves_work=False, may_be_lost=True
                )
            except Untouched:
                return None
            try:
                claim = self._first(leased["lane"], token, now)
            except LookupError:
                # A newer version of this program wrote a kind that this one does not know.
                log.exception("cannot read lane %s", leased["lane"])
                self._set_aside(leased["lane"], now)
            else:
                if claim is not None:
                    return claim
        return None

    def _first(self, lane_id: UUID, token: str, now: datetime) -> Claim | None:
        """Return the claim of a leased lane; where none of its messages goes out now, it is let go."""
        rows = self._database.look_directly(NEXT_MESSAGE, {"lane_id": lane_id, "now": now})
        claim = simple_claim(lane_id, token, rows[0], now) if rows else None
        if claim is not None:
            return claim
        with self._database.write() as session:
            lane = held_lane(session, lane_id, token)
            if lane is None:
                return None
            claim = next_claim(session, lane, token, now)
            if claim is None:
                lane.leased_by = lane.leased_until = None
            return claim

    def _set_aside(self, lane_id: UUID, now: datetime) -> None:
        """Leave a lane that cannot be read to others for a while, so that it does not hold up the rest."""
        values = {"leased_by": None, "leased_until": None, "next_send_at": now + SET_ASIDE}
        with self._database.write() as session:
            session.execute(update(Lane).where(Lane.id == lane_id).values(values))

    def _has_due(self, now: datetime) -> bool:
        """Look without locking: most looks find nothing, and must not hold up whoever writes."""
        return bool(self._database.look_directly(FREE_LANE, {"now": now}))

    def next_turn(self, *, now: datetime, before: datetime) -> datetime | None:
        """Return when the next lane that rests just now has its turn, if that is before."""
        rows = self._database.look_directly(NEXT_TURN, {"now": now, "before": before})
        return rows[0].next_send_at if rows else None

    def begin(self, claim: Claim, *, now: datetime) -> bool:
        """Record that the call is about to be made; False when the lane is somebody else's by now."""
        lane = {"lane_id": claim.lane_id, "token": claim.token, "lease": self._lease_value}
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
    ) -> None:
        """Record what became of the message, and let the lane go.

        What was delivered is recorded even when the lease was lost meanwhile: it did happen.
        """
        if sent is not None and not claim.covered and self._settle_sent(claim, sent, next_send_at, now):
            return
        with self._database.write() as session:
            if not _release(session, claim, next_send_at) and verdict.state is not MessageState.SENT:
                return
            message = session.get_one(OutboxMessage, claim.message.id)
            settle(session, session.get_one(Lane, claim.lane_id), message, verdict, now)
            if sent is not None:
                message.sent_channel_id, message.sent_ts = sent.channel_id, sent.ts
            if verdict.state is MessageState.SENT:
                _skip_covered(session, claim, now)

    def _settle_sent(self, claim: Claim, sent: SentMessage, next_send_at: datetime, now: datetime) -> bool:
        """Record that it was sent; False when the lease was lost meanwhile."""
        lane = {"lane_id": claim.lane_id, "token": claim.token, "at": next_send_at}
        message = {
            "message_id": claim.message.id,
            "became": MessageState.SENT,
            "now": now,
            "in_channel": sent.channel_id,
            "ts": sent.ts,
        }
        writes = [Write("lane", ARRIVED_IN_LANE, lane), Write("message", SENT_MESSAGE, message)]
        try:
            # Lost, it leaves the message in doubt: it is looked for, and found.
            self._database.write_directly(writes, leaves_work=False, may_be_lost=True)
        except Untouched:
            return False
        return True

    def retry(self, claim: Claim, *, at: datetime, why: str) -> None:
        """Leave the message for later; its lane waits with it, so that the order holds."""
        with self._database.write() as session:
            _postpone(session, claim, at, why, _waiting(claim))

    def pause(self, claim: Claim, method: str, *, until: datetime) -> None:
        """Leave a method alone in the whole workspace, and the message for later."""
        with self._database.write() as session:
            upsert = upsert_into(dialect_of(session), MethodPause).values(
                workspace_id=claim.workspace_id, method=method, paused_until=until
            )
            session.execute(
                upsert.on_conflict_do_update(
                    index_elements=[MethodPause.workspace_id, MethodPause.method],
                    set_={"paused_until": upsert.excluded.paused_until},
                    where=MethodPause.paused_until < upsert.excluded.paused_until,
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
            _release(session, claim, until)

    def withhold(self, claim: Claim, why: str, instead: Sequence[Outgoing], *, now: datetime) -> None:
        """Record that the channel must not see the message, and tell the people concerned, in one commit."""
        with self._database.write() as session:
            if not _release(session, claim, now):
                return
            message = session.get_one(OutboxMessage, claim.message.id)
            lane = session.get_one(Lane, claim.lane_id)
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
                update(OutboxMessage)
                .where(OutboxMessage.workspace_id == workspace_id, is_unsettled())
                .values(due_at=now, expires_at=now + GRACE)
            )

    def housekeep(self, *, now: datetime) -> None:
        """Forget pauses that are over."""
        with self._database.write() as session:
            session.execute(delete(MethodPause).where(MethodPause.paused_until <= now))


def _release(session: Session, claim: Claim, next_send_at: datetime) -> bool:
    """End the lease; False when it was lost."""
    lane = held_lane(session, claim.lane_id, claim.token)
    if lane is None:
        return False
    lane.leased_by = lane.leased_until = None
    lane.next_send_at = next_send_at
    return True


def _waiting(claim: Claim) -> MessageState:
    """Return how the message waits on after a call that certainly did not happen: in doubt, if it was."""
    return MessageState.SENDING if claim.message.may_have_arrived else MessageState.PENDING


def _postpone(session: Session, claim: Claim, at: datetime, why: str | None, state: MessageState) -> None:
    if not _release(session, claim, at):
        return
    message = session.get_one(OutboxMessage, claim.message.id)
    message.state, message.next_try_at, message.last_error = state, at, why


def _skip_covered(session: Session, claim: Claim, now: datetime) -> None:
    for needless in session.scalars(
        select(OutboxMessage).where(OutboxMessage.id.in_(claim.covered), is_unsettled())
    ):
        settle(
            session,
            session.get_one(Lane, claim.lane_id),
            needless,
            Verdict(MessageState.SKIPPED, SAID_ALREADY),
            now,
        )
