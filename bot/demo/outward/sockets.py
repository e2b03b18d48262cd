"""Slack's side of Socket Mode: the bot opens WebSockets, gets envelopes and acknowledges them."""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle, repeat
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.demo.outward.dispatch import ACKNOWLEDGE_SECONDS, Acknowledgement, Failure
from bot.demo.outward.events import Reason, Receipt, Retry
from bot.demo.outward.links import Ending, Envelope, Kind, Link, Trouble
from bot.demo.state.workspace import Workspace
from bot.demo.values import JsonObject
from bot.demo.wire.journal import Begun, Half, Journal, Way
from bot.demo.wire.legible import legible_json
from bot.demo.wire.naming import told

_log = logging.getLogger(__name__)
MOST_CONNECTIONS = 10
TICKET_SECONDS = 30.0
_HOURS_OPEN = 5 * 3600


class Sockets:
    """The app's connections. Each payload goes to one of them.

    Slack does not say what becomes of a payload whose connection breaks before the acknowledgement. Here
    it is sent again through another one while its three seconds last, which is the hardest for a bot: it
    must neither need the repetition nor be harmed by it. An acknowledgement counts only on the connection
    that brought the envelope.
    """

    def __init__(
        self, workspace: Workspace, base_url: str, clock: Callable[[], float], journal: Journal
    ) -> None:
        """Take the workspace, this server's address, the clock in seconds, and what keeps the envelopes."""
        self.troubles: Iterator[Trouble | None] = repeat(None)
        self._workspace = workspace
        self._base_url = base_url.replace("http", "ws", 1)
        self._clock = clock
        self._journal = journal
        self._tickets: dict[str, float] = {}
        self._links: list[Link] = []
        self._turns = cycle(range(MOST_CONNECTIONS))
        self._changed = asyncio.Event()

    @property
    def number(self) -> int:
        """Return how many connections may be sent to."""
        return len(self._open_links())

    def address(self) -> str:
        """Return an address at which the bot can connect once, within half a minute."""
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = self._clock() + TICKET_SECONDS
        return f"{self._base_url}/link/?ticket={ticket}&app_id={self._workspace.app.id}"

    async def serve(self, websocket: WebSocket) -> None:
        """Hold one connection until either side ends it."""
        expires_at = self._tickets.pop(websocket.query_params.get("ticket", ""), 0.0)
        if self._clock() > expires_at:
            _log.warning("The bot's connection is refused: its ticket is unknown, used or too old.")
            await websocket.close()
            return
        await websocket.accept()
        link = Link(websocket)
        if self.number >= MOST_CONNECTIONS:
            await link.retire(Ending.TOO_MANY)
            return
        self._links.append(link)
        try:
            await link.say(self._hello())
            self._changed.set()
            while True:
                await self._take(link, await websocket.receive_text())
        except (WebSocketDisconnect, KeyError):
            pass
        finally:
            link.is_open = False
            self._links.remove(link)
            link.lost.set_result(None)

    async def deliver(
        self,
        kind: Kind,
        payload: JsonObject,
        *,
        accepts_payload: bool,
        seconds: float = ACKNOWLEDGE_SECONDS,
        retry: Retry | None = None,
    ) -> Acknowledgement:
        """Send a payload to one connection, and wait for its acknowledgement."""
        answer: asyncio.Future[JsonObject | None] = asyncio.get_running_loop().create_future()
        again = (retry.number, str(retry.reason)) if retry else None
        envelope = Envelope(kind, payload, accepts_payload, answer, next(self.troubles), again)
        failure = Failure.DISPATCH
        begun = self._journal.begin()
        try:
            async with asyncio.timeout(seconds):
                while not answer.done():
                    link = await self._any_link()
                    failure = Failure.TIMEOUT
                    await self._send(link, envelope)
                    ends: tuple[asyncio.Future[Any], ...] = (answer, link.lost)
                    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            answer.cancel()
            _log.warning("The bot did not acknowledge within %s seconds.", seconds)
            self._write(begun, envelope, "not acknowledged", None)
            return Acknowledgement(failure)
        self._write(begun, envelope, "acknowledged", answer.result())
        return Acknowledgement(payload=answer.result())

    async def disconnect(self, reason: Ending) -> None:
        """Announce the end of every connection, as Slack does every few hours."""
        for link in self._open_links():
            await link.retire(reason)

    async def cut(self) -> None:
        """Break every connection without a word."""
        for link in self._open_links():
            link.cut()

    async def connected(self, number: int = 1) -> None:
        """Wait until there are at least so many connections."""
        while self.number < number:
            self._changed.clear()
            await self._changed.wait()

    def _open_links(self) -> list[Link]:
        return [link for link in self._links if link.is_open]

    async def _any_link(self) -> Link:
        await self.connected()
        links = self._open_links()
        return links[next(self._turns) % len(links)]

    async def _send(self, link: Link, envelope: Envelope) -> None:
        """Send the envelope, with the trouble that is due; the second time there is none."""
        trouble = envelope.trouble
        if trouble is not Trouble.LOST_ANSWER:
            envelope.trouble = None
        if trouble is Trouble.CUT_BEFORE:
            link.cut()
            return
        link.sent[envelope.id] = envelope
        await link.say(envelope.text)
        if trouble is Trouble.REFRESH:
            await link.retire(Ending.REFRESH)
        if trouble is Trouble.CUT_AFTER:
            link.cut()

    async def _take(self, link: Link, text: str) -> None:
        """Take an acknowledgement."""
        try:
            answer = json.loads(text)
            envelope = link.sent[answer["envelope_id"]]
        except (ValueError, TypeError, KeyError):
            self._mistake("it answers no envelope of this connection")
            return
        payload = answer.get("payload")
        if envelope.answer.done():
            _log.warning("The bot acknowledged too late, or twice.")
        elif payload is not None and not envelope.accepts_payload:
            self._mistake(f"an envelope of {envelope.kind} accepts no payload here")
        elif not isinstance(payload, dict | None) or answer.keys() - {"envelope_id", "payload"}:
            self._mistake("it holds an envelope_id and perhaps a payload, which is an object")
        elif envelope.trouble is Trouble.LOST_ANSWER:
            envelope.trouble = None
            link.cut()
        else:
            envelope.answer.set_result(payload)
            await link.close_when_idle()

    def _write(self, begun: Begun, envelope: Envelope, status: str, payload: JsonObject | None) -> None:
        """Write down an envelope and what the bot said to it."""
        is_ok = envelope.answer.done() and not envelope.answer.cancelled()
        said: JsonObject = {"envelope_id": envelope.id} | ({"payload": payload} if payload else {})
        self._journal.end(
            begun,
            Way.TO_BOT,
            told(envelope.payload),
            status=status,
            is_ok=is_ok,
            request=Half(f"envelope {envelope.kind}", body=legible_json(json.loads(envelope.text))),
            answer=Half("acknowledgement", body=legible_json(said)) if is_ok else None,
        )

    def _mistake(self, what: str) -> None:
        _log.warning("The bot's acknowledgement is refused: %s", what)
        self._workspace.notice(f"The bot's acknowledgement is refused: {what}")

    def _hello(self) -> str:
        return json.dumps(
            {
                "type": "hello",
                "num_connections": self.number,
                "connection_info": {"app_id": self._workspace.app.id},
                "debug_info": {"host": "demo", "approximate_connection_time": _HOURS_OPEN},
            }
        )


class SocketDispatcher:
    """Sends what people do, and what happens, to the bot through its connections."""

    needs_verification = False

    def __init__(self, sockets: Sockets, seconds: float = ACKNOWLEDGE_SECONDS) -> None:
        """Take the connections, and how long to wait."""
        self._sockets = sockets
        self._seconds = seconds

    async def send(self, form: Mapping[str, str]) -> Acknowledgement:
        """Send a slash command: the fields of the form, as an object."""
        return await self._sockets.deliver(
            Kind.COMMAND, dict(form), accepts_payload=True, seconds=self._seconds
        )

    async def interact(self, payload: JsonObject) -> Acknowledgement:
        """Send an interaction; of those only forms and suggestions can be answered at once."""
        accepts = payload["type"] in {"view_submission", "block_suggestion"}
        return await self._sockets.deliver(
            Kind.INTERACTION, payload, accepts_payload=accepts, seconds=self._seconds
        )

    async def event(self, payload: JsonObject, retry: Retry | None) -> Receipt:
        """Send an event."""
        answer = await self._sockets.deliver(
            Kind.EVENT, payload, accepts_payload=False, seconds=self._seconds, retry=retry
        )
        if answer.failure is None:
            return Receipt()
        return Receipt(Reason.TIMEOUT if answer.failure is Failure.TIMEOUT else Reason.CONNECTION)
