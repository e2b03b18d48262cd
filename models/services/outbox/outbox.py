"""The outbox from the sender's side: claim a lane, say what became of its next message, let it go.

Every public method is one transaction, so that a process may end between any two of them. Leases go by the
database's clock, which all processes share; everything else goes by the clock that is passed in.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from logging import getLogger
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.database import Database
from models.rules.delivery import GRACE, MessageState
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.outbox.lanes import (
    Claim,
    database_time,
    free_lane,
    has_due,
    held_lane,
    is_unsettled,
    next_claim,
    settle,
)
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
        self._lease = lease

    def claim(self, *, now: datetime) -> Claim | None:
        """Lease a lane whose next message may go out now; None when there is none.

        Messages before it that have nothing left to say are settled on the way.
        """
        while self._has_due(now):
            unreadable = None
            try:
                with self._database.write() as session:
                    lane = free_lane(session, now)
                    if lane is None:
                        return None
                    unreadable = lane.id
                    claim = next_claim(session, lane, now)
                    if claim is not None:
                        lane.leased_by, lane.leased_until = claim.token, database_time(session) + self._lease
                        return claim
            except LookupError:
                # A newer version of this program wrote a kind that this one does not know.
                log.exception("cannot read lane %s", unreadable)
                self._set_aside(unreadable, now)
        return None

    def _set_aside(self, lane_id: UUID | None, now: datetime) -> None:
        """Leave a lane that cannot be read to others for a while, so that it does not hold up the rest."""
        with self._database.write() as session:
            session.execute(update(Lane).where(Lane.id == lane_id).values(next_send_at=now + SET_ASIDE))

    def _has_due(self, now: datetime) -> bool:
        """Look without locking: most looks find nothing, and must not hold up whoever writes."""
        with self._database.read() as session:
            return has_due(session, now)

    def begin(self, claim: Claim, *, now: datetime) -> bool:
        """Record that the call is about to be made; False when the lane is somebody else's by now."""
        with self._database.write() as session:
            lane = held_lane(session, claim)
            if lane is None:
                return False
            lane.leased_until = database_time(session) + self._lease
            message = session.get_one(OutboxMessage, claim.message.id)
            message.state = MessageState.SENDING
            message.attempts += 1
            message.first_tried_at = message.first_tried_at or now
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
        with self._database.write() as session:
            if not _release(session, claim, next_send_at) and verdict.state is not MessageState.SENT:
                return
            message = session.get_one(OutboxMessage, claim.message.id)
            settle(message, verdict, now)
            if sent is not None:
                message.sent_channel_id, message.sent_ts = sent.channel_id, sent.ts
            if verdict.state is MessageState.SENT:
                _skip_covered(session, claim, now)

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
            settle(message, Verdict(MessageState.WITHHELD, why), now)
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
    lane = held_lane(session, claim)
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
        settle(needless, Verdict(MessageState.SKIPPED, SAID_ALREADY), now)
