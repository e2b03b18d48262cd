"""Requests from Slack to the bot: over HTTP they are signed, and all are given three seconds."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlencode

import httpx

from bot.demo.values import JsonObject

_log = logging.getLogger(__name__)
ACKNOWLEDGE_SECONDS = 3.0
_OK = range(200, 300)


class Failure(StrEnum):
    """Why there is no acknowledgement."""

    TIMEOUT = "operation_timeout"
    DISPATCH = "dispatch_failed"


@dataclass(frozen=True)
class Acknowledgement:
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
    """Posts what people do to the bot's address."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        bot_url: str,
        signing_secret: str,
        clock: Callable[[], float],
        seconds: float = ACKNOWLEDGE_SECONDS,
    ) -> None:
        """Take the client to send with, the bot's address, the secret to sign with, clock and patience."""
        self._client = client
        self._url = bot_url.rstrip("/") + "/slack/events"
        self._secret = signing_secret.encode()
        self._clock = clock
        self._seconds = seconds

    async def send(self, form: Mapping[str, str]) -> Acknowledgement:
        """Post the form and wait for the acknowledgement."""
        body = urlencode(form).encode()
        try:
            async with asyncio.timeout(self._seconds):
                response = await self._client.post(self._url, content=body, headers=self._headers(body))
        except TimeoutError:
            _log.warning("The bot did not acknowledge within %s seconds.", self._seconds)
            return Acknowledgement(Failure.TIMEOUT)
        except httpx.HTTPError as error:
            _log.warning("The bot cannot be reached: %r", error)
            return Acknowledgement(Failure.DISPATCH)
        if response.status_code not in _OK:
            _log.warning("The bot answered %s: %s", response.status_code, response.text[:500])
            return Acknowledgement(Failure.DISPATCH)
        return _read(response)

    async def interact(self, payload: JsonObject) -> Acknowledgement:
        """Send an interaction: a form whose one field holds JSON."""
        return await self.send({"payload": json.dumps(payload)})

    def _headers(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(self._clock()))
        signed = b":".join([b"v0", timestamp.encode(), body])
        return {
            "Content-Type": "application/x-www-form-urlencoded",
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
