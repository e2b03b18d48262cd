"""What Slack hands out for a while: trigger ids to open a modal with, response urls to answer through."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.demo.errors import Code, SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass
class _Trigger:
    user_id: str
    expires_at: float
    used: bool = False


class Triggers:
    """The trigger ids: each opens one modal for the person who caused it, within a few seconds."""

    def __init__(self, clock: Callable[[], float], seconds: float = TRIGGER_SECONDS) -> None:
        """Take the clock, in seconds, and how long a trigger id is good."""
        self._clock = clock
        self._seconds = seconds
        self._issued: dict[str, _Trigger] = {}

    def issue(self, user_id: str) -> str:
        """Make a trigger id for what the person just did."""
        now = self._clock()
        trigger_id = f"{int(now * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = _Trigger(user_id, now + self._seconds)
        return trigger_id

    def exchange(self, trigger_id: str) -> str:
        """Use the trigger up and return whose it was; refuse one that is unknown, used or too old."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError(Code.INVALID_TRIGGER_ID)
        if trigger.used:
            raise SlackError(Code.EXCHANGED_TRIGGER_ID)
        if self._clock() > trigger.expires_at:
            raise SlackError(Code.EXPIRED_TRIGGER_ID)
        trigger.used = True
        return trigger.user_id


@dataclass
class ResponseTicket:
    """What a response url stands for: where to answer, to whom, and which message was clicked, if any."""

    conversation_id: str
    user_id: str
    message_ts: str | None
    thread_ts: str | None
    expires_at: float
    uses_left: int = RESPONSE_USES


class ResponseUrls:
    """The response urls: each good for five answers within thirty minutes."""

    def __init__(self, clock: Callable[[], float], base_url: str) -> None:
        """Take the clock and this server's own address."""
        self._clock = clock
        self._base_url = base_url.rstrip("/")
        self._issued: dict[str, ResponseTicket] = {}

    def issue(
        self,
        conversation_id: str,
        user_id: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """Make a url through which the bot may answer what the person just did."""
        token = secrets.token_urlsafe(24)
        expires_at = self._clock() + RESPONSE_SECONDS
        self._issued[token] = ResponseTicket(conversation_id, user_id, message_ts, thread_ts, expires_at)
        return f"{self._base_url}/response/{token}"

    def use(self, token: str) -> ResponseTicket:
        """Count one use; refuse a url that is unknown, too old or used up."""
        ticket = self._issued.get(token)
        if ticket is None or self._clock() > ticket.expires_at:
            raise SlackError(Code.EXPIRED_URL)
        if ticket.uses_left == 0:
            raise SlackError(Code.USED_URL)
        ticket.uses_left -= 1
        return ticket
