"""The Events API: envelopes for what the app subscribed to, sent again until the bot acknowledges them."""

import asyncio
import base64
import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Protocol

from bot.demo.outward.event_bodies import InnerEvent, inner_event
from bot.demo.state.happenings import Happening
from bot.demo.state.workspace import Workspace
from bot.demo.values import JsonObject
from models.value import Value

_log = logging.getLogger(__name__)
_LEGACY_TOKEN = "verification-token"  # noqa: S105 - Slack still sends one; signatures took its place.
RETRY_AFTER_SECONDS = (0.0, 60.0, 300.0)
_UNVERIFIED = (
    "Your request URL didn't respond with the value of the challenge parameter, so the app gets no events."
)


class Reason(StrEnum):
    """Why an event is sent again."""

    TIMEOUT = "http_timeout"
    CONNECTION = "connection_failed"
    STATUS = "http_error"


class Retry(Value):
    """Which repetition it is, from one, and why."""

    number: int
    reason: Reason


class Receipt(Value):
    """What came of sending an event: acknowledged, or why not, and whether the bot wants it never again."""

    failure: Reason | None = None
    is_final: bool = False
    text: str = ""


class Carrier(Protocol):
    """Brings an event to the bot."""

    needs_verification: bool

    async def event(self, payload: JsonObject, retry: Retry | None) -> Receipt:
        """Send it once, and wait three seconds for the acknowledgement."""
        ...


class Events:
    """Tells the app what happens, in no order: each event is sent by itself.

    ``pause`` waits for that many seconds between two attempts.
    """

    def __init__(
        self,
        workspace: Workspace,
        subscriptions: frozenset[str],
        carrier: Carrier,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take the state, what the manifest subscribes to, and the way to the bot."""
        self._workspace = workspace
        self._subscriptions = subscriptions
        self._carrier = carrier
        self._pause = pause
        self._waiting: asyncio.Queue[JsonObject] = asyncio.Queue()
        self._refused = False
        self._under_way = 0
        self.told = 0
        self._calm = asyncio.Event()
        self._calm.set()
        workspace.on_happening = self.hear

    def hear(self, happening: Happening) -> None:
        """Put what happened into an envelope, if the app wants and may hear of it."""
        found = inner_event(happening, self._workspace)
        if found is None or found.subscription not in self._subscriptions or self._refused:
            return
        if found.scope and found.scope not in self._workspace.app.scopes:
            _log.warning("Without the scope %s the app does not hear of %s.", found.scope, found.subscription)
            return
        self.told += 1
        self._under_way += 1
        self._calm.clear()
        self._waiting.put_nowait(self._envelope(found, happening))

    async def run(self) -> None:
        """Send whatever comes, until cancelled."""
        async with asyncio.TaskGroup() as under_way:
            while True:
                under_way.create_task(self._deliver(await self._waiting.get()))

    async def deliver_waiting(self) -> None:
        """Send what waits now, with all its repetitions."""
        async with asyncio.TaskGroup() as under_way:
            while not self._waiting.empty():
                under_way.create_task(self._deliver(self._waiting.get_nowait()))

    async def settled(self) -> None:
        """Wait until each event so far was sent at least once."""
        await self._calm.wait()

    async def verify(self) -> bool:
        """Ask the bot to repeat a challenge, as Slack does when its address is entered."""
        if not self._carrier.needs_verification or not self._subscriptions:
            return True
        challenge = secrets.token_urlsafe(39)
        asked = {"token": _LEGACY_TOKEN, "challenge": challenge, "type": "url_verification"}
        receipt = await self._carrier.event(asked, None)
        self._refused = receipt.failure is not None or _repeated(receipt.text) != challenge
        if self._refused:
            _log.error(_UNVERIFIED)
            self._workspace.notice(_UNVERIFIED)
        return not self._refused

    async def _deliver(self, envelope: JsonObject) -> None:
        receipt = await self._carrier.event(envelope, None)
        self._under_way -= 1
        if not self._under_way:
            self._calm.set()
        for number, seconds in enumerate(RETRY_AFTER_SECONDS, start=1):
            if receipt.failure is None or receipt.is_final:
                return
            await self._pause(seconds)
            receipt = await self._carrier.event(envelope, Retry(number, receipt.failure))
        if receipt.failure is not None:
            _log.error("The bot never acknowledged the event %s.", envelope["event"]["type"])

    def _envelope(self, found: InnerEvent, happening: Happening) -> JsonObject:
        workspace, app, conversation = self._workspace, self._workspace.app, happening.conversation
        context = {"et": found.body["type"], "tid": workspace.team.id, "aid": app.id}
        if conversation is not None:
            context["cid"] = conversation.id
        return {
            "token": _LEGACY_TOKEN,
            "team_id": workspace.team.id,
            "context_team_id": workspace.team.id,
            "context_enterprise_id": None,
            "api_app_id": app.id,
            "event": found.body,
            "type": "event_callback",
            "event_id": "Ev" + secrets.token_hex(5).upper(),
            "event_time": int(workspace.clock()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team.id,
                    "user_id": app.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": conversation is not None and conversation.is_ext_shared,
            "event_context": "4-" + _packed(context),
        }


def _packed(context: JsonObject) -> str:
    packed = json.dumps(context, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def _repeated(text: str) -> str:
    """Return the challenge in the bot's answer, which may be JSON or the bare word."""
    try:
        answer = json.loads(text)
    except ValueError:
        return text.strip()
    return str(answer.get("challenge", "")) if isinstance(answer, dict) else text.strip()
