"""Whose turn it is in a lane: which message goes out next, and which have nothing left to say."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import Any

from models.rules.delivery import UNSETTLED, MessageState, NoticeKind, Operation
from models.value import Value

UNREPEATABLE = frozenset({Operation.POST, Operation.REPLY, Operation.EPHEMERAL, Operation.FILE})
"""What would show twice if it were done twice."""
LOOKED_FOR = UNREPEATABLE - {Operation.EPHEMERAL}
"""What stays in the conversation under its key, and can be looked for there after a call of unknown fate."""

UNCLEAR = "unclear"
EXPIRED = "expired"
SUPERSEDED = "superseded"
TAKEN_BACK = "taken back"
NOTHING_TO_CHANGE = "what it is about was never sent"
GONE = "what it is about was deleted"
SAID_ALREADY = "the post said it already"


class SentMessage(Value):
    """The other side's name for a message: where it is, and which one."""

    channel_id: str
    ts: str


class QueuedMessage(Value):
    """A message that is not settled, as the sender needs it."""

    id: int
    kind: NoticeKind
    operation: Operation
    ids: Mapping[str, Any]
    unique_key: str
    recipient_id: str | None
    correlation_id: str
    state: MessageState
    attempts: int
    expires_at: datetime
    first_tried_at: datetime | None = None
    last_error: str | None = None

    @property
    def may_have_arrived(self) -> bool:
        """Tell whether it has to be looked for before anything else is done about it."""
        return self.state is MessageState.SENDING and self.operation in LOOKED_FOR


class Related(Value):
    """Another message, as far as it matters here."""

    id: int
    operation: Operation
    state: MessageState
    sent: SentMessage | None = None


class Situation(Value):
    """What surrounds a message: what it is about, the others about the same, and those that are about it."""

    about: Related | None = None
    siblings: Sequence[Related] = field(default=())
    dependents: Sequence[Related] = field(default=())


class Turn(StrEnum):
    """What a message that is not settled yet does now."""

    GO = "go"
    WAIT = "wait"


class Verdict(Value):
    """A message is settled without a call, for a reason."""

    state: MessageState
    why: str


def turn(message: QueuedMessage, around: Situation, now: datetime) -> Turn | Verdict:
    """Decide about one message of a leased lane.

    A message found in ``sending`` had a call whose fate nobody knows: its reply was lost, or its process
    ended. It is looked for before anything else, for it may be there although it expired or was taken back.
    What cannot be looked for is given up: one message too few, and logged, is better than two.
    """
    if message.may_have_arrived:
        return Turn.GO
    if message.state is MessageState.SENDING and message.operation in UNREPEATABLE:
        return Verdict(MessageState.DEAD, UNCLEAR)
    if message.expires_at <= now:
        return Verdict(
            MessageState.DEAD, f"{EXPIRED}: {message.last_error}" if message.last_error else EXPIRED
        )
    if any(_is_waiting(other, Operation.DELETE) for other in around.dependents):
        return Verdict(MessageState.SKIPPED, TAKEN_BACK)
    is_about_another = message.operation in (Operation.UPDATE, Operation.DELETE, Operation.REPLY)
    # A file stands alone, or in the thread of a message that must be there first.
    is_about_another |= message.operation is Operation.FILE and around.about is not None
    return _about(message, around) if is_about_another else Turn.GO


def _about(message: QueuedMessage, around: Situation) -> Turn | Verdict:
    if around.about is not None and around.about.state in UNSETTLED:
        return Turn.WAIT
    needless = _needless(message, around)
    return Verdict(MessageState.SKIPPED, needless) if needless else Turn.GO


def _needless(message: QueuedMessage, around: Situation) -> str | None:
    """Return why nothing is left to do to a message that was sent, or that never will be."""
    if around.about is None or around.about.sent is None:
        return NOTHING_TO_CHANGE
    if message.operation is Operation.DELETE:
        return None
    if any(_is(other, Operation.DELETE) and other.state is MessageState.SENT for other in around.siblings):
        return GONE
    if any(_is_waiting(other, Operation.DELETE) for other in around.siblings):
        return TAKEN_BACK
    later = [other for other in around.siblings if other.id > message.id]
    if _is(message, Operation.UPDATE) and any(_is_waiting(other, Operation.UPDATE) for other in later):
        return SUPERSEDED
    return None


def covered(message: QueuedMessage, around: Situation) -> tuple[int, ...]:
    """Return the updates that a post makes needless: it is drawn after what they are about has happened.

    What may have arrived was drawn before.
    """
    if message.may_have_arrived:
        return ()
    return tuple(other.id for other in around.dependents if _is_waiting(other, Operation.UPDATE))


def _is(message: QueuedMessage | Related, operation: Operation) -> bool:
    return message.operation is operation


def _is_waiting(message: Related, operation: Operation) -> bool:
    return _is(message, operation) and message.state in UNSETTLED
