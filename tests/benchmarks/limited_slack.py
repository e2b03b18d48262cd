"""A Slack that counts: ``python -m tests.benchmarks.limited_slack LATENCY LIMITS`` prints its address.

It answers each call after so many seconds and, with limits, refuses what a real one would. ``tally`` tells
when posts came, and how often each method was called and refused.
"""

import asyncio
import itertools
import sys
import time
from collections import Counter
from contextlib import suppress
from typing import Any

from bot.demo.api.rates import RateLimits
from tests.faults.frail_slack import KNOWN, read_request, send_answer

TIERS = {"conversations.info": 50, "conversations.members": 100, "users.info": 100, "conversations.open": 50}
"""Calls a minute, by Slack's tiers. Posts: one a second a channel, some hundred a minute in all."""
POST = "chat.postMessage"
TALLY = "tally"


class LimitedSlack:
    """What it was asked, and when."""

    def __init__(self, latency: float, *, is_limited: bool) -> None:
        """Take how long an answer is on its way, and whether to refuse what comes too fast."""
        self._latency = latency
        self._rates = RateLimits(time.monotonic)
        self._rates.enabled = is_limited
        self._posts: list[float] = []
        self._calls: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._numbers = itertools.count(1)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests until somebody hangs up."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                method, asked = await read_request(reader)
                status, wait, answer = self._answer(method, asked)
                if self._latency and method != TALLY:
                    await asyncio.sleep(self._latency)
                send_answer(writer, status, answer, retry_after=str(wait))
                await writer.drain()
        writer.close()

    def _answer(self, method: str, asked: dict[str, Any]) -> tuple[int, int, dict[str, Any]]:
        if method == TALLY:
            return 200, 0, {"ok": True, "posts": self._posts, "calls": self._calls, "refused": self._refused}
        self._calls[method] += 1
        wait = self._rates.wait_before(method, asked.get("channel", ""), TIERS.get(method, 50))
        if wait:
            self._refused[method] += 1
            return 429, wait, {"ok": False, "error": "ratelimited"}
        if method == POST:
            self._posts.append(time.time())
            ts = f"{int(time.time())}.{next(self._numbers):06d}"
            return 200, 0, {"ok": True, "channel": asked["channel"], "ts": ts}
        return 200, 0, {"ok": True, **KNOWN[method](asked)}


async def main(latency: float, *, is_limited: bool) -> None:
    """Answer until standard input ends."""
    slack = LimitedSlack(latency, is_limited=is_limited)
    server = await asyncio.start_server(slack.serve, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/", flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(  # noqa: TID251 - a process of its own.
        main(float(sys.argv[1]), is_limited=sys.argv[2] == "limited")
    )
