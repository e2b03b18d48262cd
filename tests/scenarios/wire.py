"""The wire between Slack and the bot: keeps what passes, and delivers a thing again, byte for byte."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import httpx

from tests.bot.slack_side import Reply, send_event, signed
from tests.demo.company import SECRET

SIGNED = ("content-type", "x-slack-request-timestamp", "x-slack-signature")


@dataclass(frozen=True)
class Delivery:
    """A request of Slack's as it was sent, what the bot answered, and how long that took."""

    body: str
    headers: dict[str, str]
    reply: Reply
    seconds: float

    @property
    def payload(self) -> dict[str, Any]:
        """Return the interaction."""
        read: dict[str, Any] = json.loads(parse_qs(self.body)["payload"][0])
        return read


@dataclass
class Wire(httpx.AsyncBaseTransport):
    """Carries requests to the bot at ``port``; each goes out ``copies`` times at the same instant.

    ``passed`` is what people did, ``told`` are the events, which come when they like.
    """

    port: int
    copies: int = 1
    passed: list[Delivery] = field(default_factory=list)
    told: list[Delivery] = field(default_factory=list)
    _network: httpx.AsyncHTTPTransport = field(default_factory=httpx.AsyncHTTPTransport)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        answers = await asyncio.gather(*(self._carry(request, body) for _ in range(self.copies)))
        return answers[0]

    async def aclose(self) -> None:
        await self._network.aclose()

    async def _carry(self, request: httpx.Request, body: bytes) -> httpx.Response:
        copy = httpx.Request(
            request.method, request.url, headers=request.headers, content=body, extensions=request.extensions
        )
        began = time.monotonic()
        response = await self._network.handle_async_request(copy)
        text = (await response.aread()).decode()
        headers = {name: request.headers[name] for name in SIGNED}
        reply, seconds = Reply(response.status_code, text), time.monotonic() - began
        kept = self.told if headers["content-type"] == "application/json" else self.passed
        kept.append(Delivery(body.decode(), headers, reply, seconds))
        return response

    @property
    def last(self) -> Delivery:
        """Return what a person did last."""
        return self.passed[-1]

    def again(self, delivery: Delivery) -> Reply:
        """Deliver the very same bytes once more, under the very same signature."""
        return send_event(self.port, delivery.body, delivery.headers)

    def tell(self, event: dict[str, Any], event_id: str, *, retry: int = 0) -> Reply:
        """Deliver an event, signed as Slack signs it; ``retry`` counts the deliveries before."""
        body = json.dumps(
            {
                "token": "verification-token",
                "team_id": "T01STUDIO",
                "api_app_id": "A01DRUMBEAT",
                "event": event,
                "type": "event_callback",
                "event_id": event_id,
                "event_time": int(time.time()),
                "authorizations": [
                    {
                        "enterprise_id": None,
                        "team_id": "T01STUDIO",
                        "user_id": "U01DRUMBEAT",
                        "is_bot": True,
                        "is_enterprise_install": False,
                    }
                ],
                "is_ext_shared_channel": False,
            }
        )
        again = {"x-slack-retry-num": str(retry), "x-slack-retry-reason": "http_timeout"} if retry else {}
        return send_event(
            self.port, body, signed(body, SECRET) | {"Content-Type": "application/json"} | again
        )

    def send(self, payload: dict[str, Any]) -> Reply:
        """Deliver an interaction that no person's page would send, signed as Slack signs it."""
        body = urlencode({"payload": json.dumps(payload)})
        return send_event(self.port, body, signed(body, SECRET))
