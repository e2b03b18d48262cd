"""Delivery: claim a lane, draw its message, look who could read it, send it, and record what became of it."""

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from logging import getLogger
from uuid import UUID

from models.rules.delivery import MessageState, NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.lanes import Claim, Lease, Rest
from models.services.outbox.outbox import Outbox
from models.services.outbox.turns import UNCLEAR, SentMessage, Verdict
from scheduled.notices import Desk, Drawn, Notice, Occasion
from scheduled.outcomes import Outcomes
from scheduled.ports import (
    Clock,
    Messenger,
    Method,
    NotSent,
    RateLimited,
    Refusal,
    Refused,
    Unclear,
)
from scheduled.posts import Document, Gone, Picture, Post
from scheduled.reconciling import Reconciler
from scheduled.visibility import Gate, LookUpFailed, TooManyStrangers

log = getLogger(__name__)

GO_ON_ASKING = timedelta(seconds=1)
"""When the look at a channel with many strangers is taken up again."""

METHODS = {
    Operation.POST: Method.POST,
    Operation.REPLY: Method.POST,
    Operation.UPDATE: Method.UPDATE,
    Operation.DELETE: Method.DELETE,
    Operation.EPHEMERAL: Method.EPHEMERAL,
    Operation.FILE: Method.UPLOAD,
}
SHOWN_TO_A_CHANNEL = frozenset({Operation.POST, Operation.REPLY, Operation.UPDATE, Operation.FILE})


class Deliverer:
    """Sends what is due. Any number of threads and processes may run it at the same time."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        notices: Mapping[NoticeKind, Notice],
        desk: Desk,
        messenger_of: Callable[[UUID], Messenger],
        gate: Gate,
        clock: Clock,
        outcomes: Outcomes,
    ) -> None:
        """Take what it works with."""
        self._outbox = outbox
        self._notices = notices
        self._desk = desk
        self._messenger_of = messenger_of
        self._gate = gate
        self._clock = clock
        self._outcomes = outcomes
        self._reconciler = Reconciler(outbox, outcomes, clock)
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Begin no further message."""
        self._stopping.set()

    def run_once(
        self,
        claimed: Callable[[], None] = lambda: None,
        next_in: Callable[[float], None] = lambda _seconds: None,
    ) -> int:
        """Deliver until nothing is due, and return how many messages were dealt with.

        ``claimed`` is called at each, so that others can be woken to share the work; ``next_in`` at the end,
        with the seconds until the next channel that rests for a moment takes another.
        """
        count, lease = 0, None
        while not self._stopping.is_set():
            found = self._outbox.claim(now=self._clock(), lease=lease)
            if isinstance(found, Rest):
                if found.until is not None:
                    next_in((found.until - self._clock()).total_seconds())
                return count
            claimed()
            lease = self._deal_with(found)
            count += 1
        if lease is not None:
            self._outbox.let_go(lease)
        return count

    def _deal_with(self, claim: Claim) -> Lease | None:
        """Do what the message needs; return the next lane, where one was leased with what became of it."""
        if not claim.message.may_have_arrived:
            return self._deliver(claim)
        self._reconciler.clear_up(claim, self._messenger_of(claim.workspace_id))
        return None

    def _deliver(self, claim: Claim) -> Lease | None:
        notice = self._notices[claim.message.kind]
        occasion = self._occasion(claim)
        try:
            post = None if claim.message.operation is Operation.DELETE else notice.render(occasion)
        except Exception as error:
            if self._outbox.is_away(error):
                raise
            # Whatever is wrong with a template or a record concerns this message alone.
            log.exception("could not draw message %d (%s)", claim.message.id, claim.message.kind.value)
            self._outcomes.settle(claim, Verdict(MessageState.DEAD, "could not be drawn"))
            return None
        if post is None and claim.message.operation is not Operation.DELETE:
            self._outcomes.settle(claim, Verdict(MessageState.SKIPPED, "nothing left to say"))
        elif self._may_go(claim, notice, occasion):
            return self._send(claim, notice, occasion, post)
        return None

    def _occasion(self, claim: Claim) -> Occasion:
        return Occasion(
            desk=self._desk,
            kind=claim.message.kind,
            operation=claim.message.operation,
            workspace_id=claim.workspace_id,
            channel_id=claim.channel_id,
            ids=claim.message.ids,
            now=self._clock(),
        )

    def _may_go(self, claim: Claim, notice: Notice, occasion: Occasion) -> bool:
        """Tell whether the message may be sent now; if not, its lane is let go with what follows."""
        messenger = self._messenger_of(claim.workspace_id)
        looks = _is_for_a_channel(claim, notice) and not messenger.is_direct(claim.channel_id)
        methods = (
            {METHODS[claim.message.operation], Method.LOOK_UP}
            if looks
            else {METHODS[claim.message.operation]}
        )
        paused = [claim.paused[method] for method in methods if method in claim.paused]
        if paused:
            self._outbox.defer(claim, until=max(paused))
            return False
        if not looks:
            return True
        now = self._clock()
        try:
            refusal = self._gate.refusal(claim.workspace_id, claim.channel_id, messenger, now=now)
        except RateLimited as limited:
            self._outcomes.pause(claim, limited, now)
        except TooManyStrangers:
            self._outbox.defer(claim, until=now + GO_ON_ASKING)
        except LookUpFailed:
            if not self._outcomes.look_again(claim):
                self._withhold(claim, notice, occasion, Refusal.LOOK_UP_FAILED)
        else:
            if refusal is None:
                return True
            self._withhold(claim, notice, occasion, refusal)
        return False

    def _send(self, claim: Claim, notice: Notice, occasion: Occasion, post: Drawn | None) -> Lease | None:
        now = self._clock()
        messenger = self._messenger_of(claim.workspace_id)
        # Whoever is held up in between, as by a machine that sleeps, makes no call any more: the lane may be
        # somebody else's by then.
        with messenger.ending_within(self._outcomes.surely_ours):
            if self._outbox.begin(claim, now=now):
                return self._make(messenger, claim, notice, occasion, post)
        log.warning("lost the lease of message %d before sending it", claim.message.id)
        return None

    def _make(
        self, messenger: Messenger, claim: Claim, notice: Notice, occasion: Occasion, post: Drawn | None
    ) -> Lease | None:
        try:
            sent = _call(messenger, claim, post)
        except RateLimited as limited:
            self._outcomes.pause(claim, limited, self._clock())
        except NotSent as failure:
            self._outcomes.retry(claim, str(failure))
        except Unclear as failure:
            self._outcomes.unclear(claim, str(failure))
        except Refused as refused:
            if refused.refusal is not None and _is_for_a_channel(claim, notice):
                self._gate.forget(claim.workspace_id, claim.channel_id)
                self._withhold(claim, notice, occasion, refused.refusal)
            elif claim.message.operation is Operation.EPHEMERAL:
                self._outbox.withhold(claim, refused.code, _directly(claim), now=self._clock())
            else:
                self._outcomes.settle(claim, Verdict(MessageState.DEAD, f"refused: {refused.code}"))
        except Exception:
            # A messenger that fails in a way of its own must not stop the others' messages.
            log.exception("could not send message %d (%s)", claim.message.id, claim.message.kind.value)
            self._outcomes.settle(claim, Verdict(MessageState.DEAD, UNCLEAR))
        else:
            goes_on = not self._stopping.is_set()
            return self._outcomes.settle(claim, Verdict(MessageState.SENT, ""), sent, goes_on=goes_on)
        return None

    def _withhold(self, claim: Claim, notice: Notice, occasion: Occasion, refusal: Refusal) -> None:
        log.info("withheld message %d from its channel: %s", claim.message.id, refusal.value)
        try:
            instead = notice.instead(occasion, refusal)
        except Exception as error:
            if self._outbox.is_away(error):
                raise
            # That the channel must not see it holds all the same.
            log.exception("could not tell anybody about message %d", claim.message.id)
            instead = ()
        self._outbox.withhold(claim, refusal.value, instead, now=self._clock())


def _is_for_a_channel(claim: Claim, notice: Notice) -> bool:
    return notice.confidential and claim.message.operation in SHOWN_TO_A_CHANNEL


def _directly(claim: Claim) -> tuple[Outgoing, ...]:
    """Return what was to be shown to one person where the bot has no say, for their direct messages."""
    message = claim.message
    if message.recipient_id is None:
        return ()
    key = f"{message.unique_key}:directly"
    return (Outgoing(message.kind, Operation.POST, message.recipient_id, key, dict(message.ids)),)


def _call(messenger: Messenger, claim: Claim, post: Drawn | None) -> SentMessage | None:
    """Make the one call that the message is about."""
    message, key = claim.message, claim.message.unique_key
    match message.operation, post, claim.about:
        case Operation.POST, Post(), _:
            return messenger.post(claim.channel_id, post, key=key)
        case Operation.REPLY, Post(), SentMessage() as about:
            return messenger.reply(about, post, key=key)
        case Operation.UPDATE, Post(), SentMessage() as about:
            messenger.update(about, post)
        case (Operation.UPDATE, Gone(), SentMessage() as about) | (
            Operation.DELETE,
            _,
            SentMessage() as about,
        ):
            messenger.delete(about)
        case Operation.EPHEMERAL, Post(), _ if message.recipient_id:
            messenger.ephemeral(claim.channel_id, message.recipient_id, post)
        case Operation.FILE, Picture() | Document(), thread:
            messenger.upload(claim.channel_id, post, key=key, thread=thread)
        case _:
            msg = f"message {message.id} lacks what a {message.operation.value} needs"
            raise ValueError(msg)
    return None
