"""Claims a lane: one that is free and has something due is leased, and the message found whose turn it is.

Leases go by the database's clock, which all processes share; everything else goes by the clock that is passed
in.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from logging import getLogger
from secrets import token_hex
from uuid import UUID

from sqlalchemy import update

from models.database import Database
from models.direct import Look, Write
from models.services.outbox.lanes import Claim, Lease, Rest, held_lane, next_claim, release, simple_claim
from models.services.outbox.statements import LEASE_LANE, NEXT_MESSAGE, NEXT_TURN, lease_value
from models.tables import lanes

log = getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a lane belongs to one sender: several times what looking up, drawing and one call may take."""

LEASED = "lane_id"
"""What leases a lane, and FIRST, which looks for its first message then."""
FIRST = "first"

A_MOMENT = timedelta(seconds=2)
"""Whose turn comes sooner is told to whoever finds nothing to claim: looks a second apart would make a
second's pace into two."""

SET_ASIDE = timedelta(seconds=30)
"""How long a lane waits that this version of the program cannot read."""


class Claims:
    """Which lanes are whose."""

    def __init__(self, database: Database, *, lease: timedelta = LEASE) -> None:
        """Take the database, and how long a claim holds."""
        self._database = database
        self._lease_value = lease_value(database.dialect, lease)

    def claim(self, *, now: datetime, lease: Lease | None = None) -> Claim | Rest:
        """Lease a lane whose next message may go out now; where there is none, say when one has its turn.

        One that ``settle`` has leased already comes first. Messages before it that have nothing left to say
        are settled on the way.
        """
        found = lease or self._lease(now)
        while isinstance(found, Lease):
            try:
                claim = self._first(found, now)
            except LookupError:
                # A newer version of this program wrote a kind that this one does not know.
                log.exception("cannot read lane %s", found.lane_id)
                self._set_aside(found.lane_id, now)
            else:
                if claim is not None:
                    return claim
            found = self._lease(now)
        return found

    def _lease(self, now: datetime) -> Lease | Rest:
        """Look without locking first: most looks find nothing, and must not hold up whoever writes.

        One look tells both, whether there is something now and when there will be: between two, a lane could
        have its turn and be overlooked by either.
        """
        rows = self._database.look_directly(NEXT_TURN, {"now": now, "soon": now + A_MOMENT})
        if rows and rows[0].next_send_at <= now:
            # Lost, it is no lease: somebody else has the lane then.
            return self._leasing((), now) or Rest(None)
        return Rest(rows[0].next_send_at if rows else None)

    def _leasing(self, writes: Sequence[Write], now: datetime) -> Lease | None:
        """Carry out these writes, lease the lane that has waited longest, and look for its first message.

        Raises Untouched. All of it may be lost in a power cut.
        """
        token = token_hex(16)
        values = {"token": token, "lease": self._lease_value, "now": now}
        returned = self._database.write_directly(
            [*writes, Write(LEASED, LEASE_LANE, values, may_miss=True)],
            leaves_work=False,
            may_be_lost=True,
            then=Look(FIRST, NEXT_MESSAGE, LEASED, {"now": now}),
        )
        lane_id = returned[LEASED]
        return None if lane_id is None else Lease(lane_id, token, returned[FIRST])

    def let_go(self, lease: Lease) -> None:
        """Leave a leased lane to others, as it was."""
        with self._database.write() as session:
            release(session, lease)

    def _first(self, lease: Lease, now: datetime) -> Claim | None:
        """Return the claim of a leased lane; where none of its messages goes out now, it is let go."""
        rows = lease.first.read()
        claim = simple_claim(lease, rows[0], now) if rows else None
        if claim is not None:
            return claim
        with self._database.write() as session:
            lane = held_lane(session, lease)
            if lane is None:
                return None
            claim = next_claim(session, lane, lease, now)
            if claim is None:
                release(session, lease)
            return claim

    def _set_aside(self, lane_id: UUID, now: datetime) -> None:
        """Leave a lane that cannot be read to others for a while, so that it does not hold up the rest."""
        values = {"leased_by": None, "leased_until": None, "next_send_at": now + SET_ASIDE}
        with self._database.write() as session:
            session.execute(update(lanes).where(lanes.c.id == lane_id).values(values))
