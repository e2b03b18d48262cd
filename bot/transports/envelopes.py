"""The payloads that come through a WebSocket: a pool of threads has the Bolt app answer them."""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from queue import SimpleQueue
from time import perf_counter
from typing import Any

from slack_bolt import App, BoltResponse
from structlog import get_logger
from websockets.exceptions import ConnectionClosed

from bot.deadline import answering
from bot.logs import new_correlation_id
from bot.transports.requests import from_envelope
from handlers.edge.payloads import NO_ROUTE, ROUTE
from models.value import Value

log = get_logger(__name__)

THREADS = 16
"""Envelopes answered at once, as over HTTP."""


class Envelope(Value):
    """One payload of Slack's; ``send`` reaches the connection that brought it."""

    id: str
    payload: dict[str, Any]
    accepts_payload: bool
    send: Callable[[str], None]
    headers: dict[str, str | Sequence[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, message: Mapping[str, Any], send: Callable[[str], None]) -> "Envelope | None":
        """Read a message of Slack's; None where it is no envelope."""
        envelope_id, payload = message.get("envelope_id"), message.get("payload")
        if not isinstance(envelope_id, str) or not isinstance(payload, dict):
            return None
        attempt = message.get("retry_attempt")
        headers: dict[str, str | Sequence[str]] = {"x-slack-retry-num": str(attempt)} if attempt else {}
        return cls(envelope_id, payload, bool(message.get("accepts_response_payload")), send, headers)

    def acknowledgement(self, answer: BoltResponse) -> str:
        """Return what tells Slack that it is done, with the answer where there may be one."""
        words: dict[str, Any] = {"envelope_id": self.id}
        if answer.body and self.accepts_payload:
            is_json = answer.headers["content-type"][0].startswith("application/json")
            words["payload"] = json.loads(answer.body) if is_json else {"text": answer.body}
        return json.dumps(words)


class Envelopes:
    """Answers envelopes, and knows how many are under way."""

    def __init__(self, bolt: App) -> None:
        """Take the app that answers."""
        self._bolt = bolt
        self._waiting: SimpleQueue[Envelope | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._under_way = 0
        self._is_closed = False

    def start(self) -> None:
        """Start the threads."""
        for number in range(THREADS):
            threading.Thread(target=self._work, name=f"envelopes-{number}", daemon=True).start()

    def take(self, envelope: Envelope) -> None:
        """Have the envelope answered, unless we have stopped; returns at once."""
        with self._changed:
            if self._is_closed:
                return
            self._under_way += 1
        self._waiting.put(envelope)

    def finish(self, within: float) -> None:
        """Take no more, and wait so many seconds for those under way."""
        with self._changed:
            self._is_closed = True
            self._changed.wait_for(lambda: not self._under_way, within)
        for _ in range(THREADS):
            self._waiting.put(None)

    def _work(self) -> None:
        while (envelope := self._waiting.get()) is not None:
            try:
                self._answer(envelope)
            except Exception:
                # The thread lives on for the next envelope.
                log.exception("envelope_failed")
            finally:
                with self._changed:
                    self._under_way -= 1
                    self._changed.notify_all()

    def _answer(self, envelope: Envelope) -> None:
        """Answer one envelope; when it is acknowledged, what it changed is saved."""
        began = perf_counter()
        new_correlation_id()
        asked = from_envelope(envelope.payload, envelope.headers)
        with answering():
            answer = self._bolt.dispatch(asked)
        # An envelope cannot be refused. Where none is acknowledged, Slack tells the person that it failed.
        if answer.status == 200:  # noqa: PLR2004 - HTTP's own word for it.
            self._acknowledge(envelope, answer)
        kind, name = asked.context.get(ROUTE, NO_ROUTE)
        took = round((perf_counter() - began) * 1000, 1)
        log.info("answered", kind=kind, name=name, status=answer.status, ms=took)

    def _acknowledge(self, envelope: Envelope, answer: BoltResponse) -> None:
        try:
            envelope.send(envelope.acknowledgement(answer))
        except ConnectionClosed:
            # What it changed is saved; should Slack send it again, its receipt has the answer.
            log.warning("acknowledgement_lost")
