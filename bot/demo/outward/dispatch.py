"""Requests from Slack to the bot: over HTTP they are signed, and all are given three seconds."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlencode

import httpx

from bot.demo.outward.events import Reason, Receipt, Retry
from bot.demo.values import JsonObject
from models.value import Value

_log = logging.getLogger(__name__)
ACKNOWLEDGE_SECONDS = 3.0
_OK = range(200, 300)


class Failure(StrEnum):
    """Why there is no acknowledgement."""

    TIMEOUT = "operation_timeout"
    DISPATCH = "dispatch_failed"


class Acknowledgement(Value):
    """The bot's answer to a request: nothing, a text, a JSON object, or a failure."""

    failure: Failure | None = None
    text: str = ""
    payload: JsonObject | None = None


class Dispatcher(Protocol):
    """Sends what people do to the bot."""

    async def send(self, form: Mapping[str, str]) -> Acknowledgement:
        """Send a slash command and wait for the acknowledgement."""
        ...

    async def interact(self, payload: JsonObject) -> Acknowledgement:
        """Send an interaction and wait for the acknowledgement."""
        ...


class HttpDispatcher:
    """Posts what people do, and what happens, to the bot's address."""

    needs_verification = True

    def __init__(
        self,
        client: httpx.AsyncClient,
        bot_url: str,
        signing_secret: str,
        clock: Callable[[], float],
        seconds: float = ACKNOWLEDGE_SECONDS,
        is_away: Callable[[], bool] = lambda: False,
    ) -> None:
        """Take the client to send with, the bot's address, the secret to sign with, clock and patience.

        ``is_away`` tells whether the bot is gone because somebody wished for it.
        """
        self._client = client
        self._url = bot_url.rstrip("/") + "/slack/events"
        self._secret = signing_secret.encode()
        self._clock = clock
        self._seconds = seconds
        self._is_away = is_away

    async def send(self, form: Mapping[str, str]) -> Acknowledgement:
        """Post the form and wait for the acknowledgement."""
        answered = await self._post(urlencode(form).encode(), "application/x-www-form-urlencoded")
        if isinstance(answered, Reason):
            return Acknowledgement(Failure.TIMEOUT if answered is Reason.TIMEOUT else Failure.DISPATCH)
        return _read(answered) if answered.status_code in _OK else Acknowledgement(Failure.DISPATCH)

    async def interact(self, payload: JsonObject) -> Acknowledgement:
        """Send an interaction: a form whose one field holds JSON."""
        return await self.send({"payload": json.dumps(payload)})

    async def event(self, payload: JsonObject, retry: Retry | None) -> Receipt:
        """Post an event."""
        again = {}
        if retry is not None:
            again = {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": str(retry.reason)}
        answered = await self._post(json.dumps(payload).encode(), "application/json", again)
        if isinstance(answered, Reason):
            return Receipt(answered)
        if answered.status_code in _OK:
            return Receipt(text=answered.text)
        return Receipt(Reason.STATUS, is_final=answered.headers.get("x-slack-no-retry") == "1")

    async def _post(
        self, body: bytes, content_type: str, more: Mapping[str, str] | None = None
    ) -> httpx.Response | Reason:
        """Post to the bot; return its answer, whatever that is, or why there is none."""
        headers = self._signed(body) | {"Content-Type": content_type} | dict(more or {})
        try:
            async with asyncio.timeout(self._seconds):
                response = await self._client.post(self._url, content=body, headers=headers)
        except TimeoutError:
            _log.warning("The bot did not acknowledge within %s seconds.", self._seconds)
            return Reason.TIMEOUT
        except httpx.HTTPError as error:
            if not self._is_away():
                why = str(error).rstrip(".") or "the connection broke"
                _log.warning("The bot cannot be reached at %s: %s.", self._url, why)
            return Reason.CONNECTION
        if response.status_code not in _OK:
            _log.warning("The bot answered %s: %s", response.status_code, response.text[:500])
        return response

    def _signed(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(self._clock()))
        signed = b":".join([b"v0", timestamp.encode(), body])
        return {
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": "v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest(),
        }


def _read(response: httpx.Response) -> Acknowledgement:
    text = response.text
    if not text.strip():
        return Acknowledgement()
    if not response.headers.get("content-type", "").startswith("application/json"):
        return Acknowledgement(text=text)
    try:
        payload = response.json()
    except ValueError:
        payload = None
    if not isinstance(payload, dict):
        _log.warning("The bot acknowledged with JSON that is no object: %s", text[:500])
        return Acknowledgement(Failure.DISPATCH)
    return Acknowledgement(payload=payload)
