"""What ``scheduled`` needs of the world: a clock, and somebody who can post messages."""

from contextlib import AbstractContextManager
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from models.read_models import Profile
from models.services.outbox.turns import SentMessage
from models.value import Value
from scheduled.posts import File, Post


class Method(StrEnum):
    """The kinds of call that the other side limits, each on its own."""

    POST = "post"
    """Posts and replies alike."""
    UPDATE = "update"
    DELETE = "delete"
    EPHEMERAL = "ephemeral"
    UPLOAD = "upload"
    LOOK_UP = "look_up"
    """Questions about a channel and the people in it."""
    FIND = "find"
    """Questions about what was said."""


class MessengerError(Exception):
    """A call did not end well; the four kinds below say what may be done about it."""


class RateLimited(MessengerError):
    """We are asked for patience with one method; the call did not happen."""

    def __init__(self, method: Method, retry_after: float, *, in_channel_alone: bool = False) -> None:
        """Take the method, for how many seconds to leave it alone, and whether only in that channel."""
        super().__init__(f"{method}: wait {retry_after:g} s")
        self.method = method
        self.retry_after = retry_after
        self.in_channel_alone = in_channel_alone


class NotSent(MessengerError):
    """The call certainly did not happen, for a reason that may pass: it can be made again."""


class Unclear(MessengerError):
    """The call may have happened or not: it timed out, the reply was lost, or the other side broke."""


class Refusal(StrEnum):
    """Why a channel must not, or cannot, see a confidential message."""

    EXTERNAL = "external"
    PENDING_EXTERNAL = "pending_external"
    GUEST = "guest"
    LOOK_UP_FAILED = "look_up_failed"
    NOT_IN_CHANNEL = "not_in_channel"
    CHANNEL_NOT_FOUND = "channel_not_found"
    ARCHIVED = "archived"


CANNOT_POST = frozenset({Refusal.NOT_IN_CHANNEL, Refusal.CHANNEL_NOT_FOUND, Refusal.ARCHIVED})
"""What has nothing to do with who could read along, and is mended in the channel."""


class Refused(MessengerError):
    """The call was understood and refused for good."""

    def __init__(self, code: str, refusal: Refusal | None = None) -> None:
        """Take the other side's own name for the reason, and ours where the reason is the channel."""
        super().__init__(code)
        self.code = code
        self.refusal = refusal


class ChannelFacts(Value):
    """Who can read a channel; its members are not asked for where ``refusal`` rules it out anyway."""

    refusal: Refusal | None
    member_ids: frozenset[str] = field(default=frozenset())


class Clock(Protocol):
    """Tells the time; the wiring owns it."""

    def __call__(self) -> datetime:
        """Return the present instant, aware."""


class Messenger(Protocol):
    """Posts for one workspace. A call that does not end well raises MessengerError, and nothing else."""

    def ending_within(self, duration: timedelta) -> AbstractContextManager[None]:
        """Have all calls that are made meanwhile end within so long; none is begun later."""

    def post(self, channel_id: str, post: Post, *, key: str) -> SentMessage:
        """Post to a channel, or to a person by their id; ``key`` marks the message as ours for ever."""

    def reply(self, to: SentMessage, post: Post, *, key: str) -> SentMessage:
        """Answer in a message's thread."""

    def update(self, message: SentMessage, post: Post) -> None:
        """Replace what a message says."""

    def delete(self, message: SentMessage) -> None:
        """Remove a message; one that is gone already is no error."""

    def ephemeral(self, channel_id: str, recipient_id: str, post: Post) -> None:
        """Show something to one person in a channel."""

    def upload(self, channel_id: str, file: File, *, key: str, thread: SentMessage | None = None) -> None:
        """Hand a file to a channel, to a person by their id, or into a thread; its name carries the key."""

    def find(
        self, channel_id: str, *, key: str, since: datetime, thread: SentMessage | None = None
    ) -> SentMessage | None:
        """Look for the message or file of that key among what was said since, in the thread if one is named.

        None says that it certainly is not there. Raises Refused where we may not look.
        """

    def is_direct(self, channel_id: str) -> bool:
        """Tell whether the id means a conversation with one person, without asking anybody."""

    def channel_facts(self, channel_id: str) -> ChannelFacts:
        """Ask who can read the channel."""

    def profile(self, slack_user_id: str) -> Profile:
        """Ask about one person."""
