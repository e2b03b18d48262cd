"""One connection of Socket Mode, and the envelopes that go through it."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.demo.values import JsonObject

if TYPE_CHECKING:
    from asyncio import Transport


class Kind(StrEnum):
    """What an envelope holds."""

    COMMAND = "slash_commands"
    INTERACTION = "interactive"
    EVENT = "events_api"


class Ending(StrEnum):
    """Why Slack is about to close a connection."""

    WARNING = "warning"
    REFRESH = "refresh_requested"
    DISABLED = "link_disabled"
    TOO_MANY = "too_many_websockets"


class Trouble(StrEnum):
    """What happens to the connection on which an envelope is due."""

    CUT_BEFORE = "cut before"  # It breaks before the envelope is sent.
    CUT_AFTER = "cut after"  # It breaks once the envelope is sent.
    LOST_ANSWER = "lost answer"  # It breaks when the bot has acknowledged, and Slack never hears of it.
    REFRESH = "refresh"  # The envelope is followed by the notice that the connection will be closed.


@dataclass
class Envelope:
    """One payload on its way to the bot; ``retry`` is the number and the reason of an event's repetition."""

    kind: Kind
    payload: JsonObject
    accepts_payload: bool
    answer: asyncio.Future[JsonObject | None]
    trouble: Trouble | None
    retry: tuple[int, str] | None = None
    id: str = field(default_factory=lambda: str(uuid4()))

    @property
    def text(self) -> str:
        """Return what is sent."""
        envelope: JsonObject = {
            "envelope_id": self.id,
            "type": self.kind,
            "payload": self.payload,
            "accepts_response_payload": self.accepts_payload,
        }
        if self.kind is Kind.EVENT:
            number, reason = self.retry or (0, "")
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        return json.dumps(envelope)


class Link:
    """One connection: what was sent through it, and whether more may be."""

    def __init__(self, websocket: WebSocket) -> None:
        """Take the connection, once it is accepted."""
        self._websocket = websocket
        self.sent: dict[str, Envelope] = {}
        self.is_open = True
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def say(self, message: str) -> None:
        """Send a message; a connection that is gone by now shows as lost."""
        with suppress(WebSocketDisconnect, RuntimeError):
            await self._websocket.send_text(message)

    def cut(self) -> None:
        """Break the connection without a word."""
        self.is_open = False
        transport: Transport = self._websocket.state.transport
        transport.abort()

    async def retire(self, reason: Ending) -> None:
        """Announce the end, and close once nothing is under way."""
        self.is_open = False
        await self.say(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "demo"}}))
        await self.close_when_idle()

    async def close_when_idle(self) -> None:
        """Close a connection whose end was announced and on which the bot owes nothing."""
        if not self.is_open and all(envelope.answer.done() for envelope in self.sent.values()):
            with suppress(WebSocketDisconnect, RuntimeError):
                await self._websocket.close()
