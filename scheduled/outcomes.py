"""What becomes of a message after a try: it is settled, tried again later, or left in doubt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.errors import DatabaseBusy
from models.rules.delivery import MessageState
from models.services.outbox.claims import LEASE
from models.services.outbox.lanes import Claim, Lease
from models.services.outbox.outbox import Outbox
from models.services.outbox.turns import EXPIRED, LOOKED_FOR, UNCLEAR, UNREPEATABLE, SentMessage, Verdict
from scheduled.ports import Clock, RateLimited

TRIES_TO_RECORD = 10
"""How often what became of a message is recorded where the database is busy; each try waits some seconds."""
CALLS_A_MESSAGE = 4
"""A picture needs as many; all others need one."""


@dataclass(frozen=True)
class Timing:
    """How the deliverers pace themselves."""

    pace: timedelta = timedelta(seconds=1.002)
    """From the answer to one post until the next in that channel: Slack allows one a second.

    It has counted a post by the time it answers, and counts the next only once it is there: however long
    either is under way, more than this lies between them. What is added is for clocks that are being put
    right: by half a thousandth of the time at the most.
    """
    first_pause: timedelta = timedelta(seconds=2)
    longest_pause: timedelta = timedelta(minutes=5)
    """Between two tries: the first pause, doubled each time up to the longest."""
    settles_within: timedelta = timedelta(seconds=10)
    """How long after a call the other side may still carry it out, so that a look would come too early."""
    call: timedelta = timedelta(seconds=8)
    """How long one call may take."""
    lease: timedelta = LEASE
    """How long a lane belongs to one sender. What is found once it is over has settled."""

    @property
    def surely_ours(self) -> timedelta:
        """Return until when after a lease began calls may last: what came of them settles within it."""
        return self.lease - self.settles_within

    def __post_init__(self) -> None:
        """Raise ValueError for a lease after which a call of the last holder might still be carried out."""
        if self.lease <= CALLS_A_MESSAGE * self.call + self.settles_within:
            msg = "a lease has to outlast a message's calls and what becomes of them"
            raise ValueError(msg)


TIMING = Timing()
"""How it is in earnest."""


class Outcomes:
    """Writes down what became of a message, and lets its lane go until its next turn."""

    def __init__(
        self, outbox: Outbox, clock: Clock, random: Callable[[], float], timing: Timing = TIMING
    ) -> None:
        """Take what it works with; ``random`` returns numbers from 0 to 1 and spreads retries out."""
        self._outbox = outbox
        self._clock = clock
        self._random = random
        self._timing = timing

    @property
    def surely_ours(self) -> timedelta:
        """Return how long after a lease began its calls may last."""
        return self._timing.surely_ours

    def settle(
        self, claim: Claim, verdict: Verdict, sent: SentMessage | None = None, *, goes_on: bool = False
    ) -> Lease | None:
        """Nothing more is done about the message. Who ``goes_on`` may be given the next lane with it."""
        now = self._clock()
        may_have_shown = verdict.state is not MessageState.SKIPPED and claim.message.operation in UNREPEATABLE
        next_send_at = now + self._timing.pace if may_have_shown else now
        for tries_left in reversed(range(TRIES_TO_RECORD)):
            try:
                return self._outbox.settle(
                    claim, verdict, sent=sent, next_send_at=next_send_at, now=now, goes_on=goes_on
                )
            except DatabaseBusy:
                # Unrecorded, a post that arrived would have to be looked for.
                if not tries_left:
                    raise
        return None

    def retry(self, claim: Claim, why: str) -> None:
        """Nothing happened, for a reason that may pass: again after a pause, until its grace is over."""
        at = self._clock() + self.pause_before_try(claim)
        if at < claim.message.expires_at:
            self._outbox.retry(claim, at=at, why=why)
        else:
            ended = UNCLEAR if claim.message.may_have_arrived else EXPIRED
            self.settle(claim, Verdict(MessageState.DEAD, f"{ended}: {why}"))

    def look_again(self, claim: Claim) -> bool:
        """Nobody said who reads the channel: ask again after a pause; False where its grace is over by then.

        Each look counts as a try, so that the pauses grow as those between calls do.
        """
        at = self._clock() + self.pause_before_try(claim)
        if at >= claim.message.expires_at:
            return False
        self._outbox.retry(claim, at=at, why="the channel's look-up failed", tries=1)
        return True

    def unclear(self, claim: Claim, why: str) -> None:
        """Nobody knows what happened: look for it later, repeat it where that does no harm, or give it up."""
        if claim.message.operation in LOOKED_FOR:
            pause = max(self._timing.settles_within, self.pause_before_try(claim))
            self._outbox.doubt(claim, at=self._clock() + pause, why=why)
        elif claim.message.operation in UNREPEATABLE:
            self.settle(claim, Verdict(MessageState.DEAD, f"{UNCLEAR}: {why}"))
        else:
            self.retry(claim, why)

    def pause(self, claim: Claim, limited: RateLimited, now: datetime) -> None:
        """We were asked for patience with one method: in this channel, or in the whole workspace."""
        until = now + timedelta(seconds=limited.retry_after)
        if limited.in_channel_alone:
            self._outbox.retry(claim, at=until, why=f"{limited.method}: too many in this channel")
        else:
            self._outbox.pause(claim, limited.method, until=until)

    def pause_before_try(self, claim: Claim) -> timedelta:
        """Return a pause that doubles with each try, at random between its half and its whole."""
        doublings = min(claim.message.attempts, 10)
        whole: timedelta = min(self._timing.first_pause * 2**doublings, self._timing.longest_pause)
        return whole * (0.5 + self._random() / 2)
