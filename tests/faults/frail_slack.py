"""A Slack that fails as the real one does: it limits, breaks, falls silent, and loses its replies.

It carries a request out within the time that is named to it, or never, whatever it answers.
"""

import asyncio
import itertools
import json
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.bot.slack_side import AUTH_TEST, PROFILE
from tests.models.world import TEAM

BOT = "U0BOT"
PAGE = 15
"""Messages of a history at once: as few as Slack gives to an app that is sold elsewhere."""
RETRY_AFTER = "0.2"
NEVER_MIND = 60.0
"""Seconds for which a silent Slack keeps a connection; nobody waits as long."""

Asked = Mapping[str, Any]


class Fate(StrEnum):
    """What becomes of one call."""

    FINE = "fine"
    LIMITED = "429"
    BROKEN = "500"
    BROKEN_YET_DONE = "500, yet done"
    SILENT = "no answer"
    SILENT_YET_DONE = "no answer, yet done"
    LOST = "reply lost"


POSTING = {
    Fate.LIMITED: 0.02,
    Fate.BROKEN: 0.02,
    Fate.BROKEN_YET_DONE: 0.01,
    Fate.SILENT: 0.005,
    Fate.SILENT_YET_DONE: 0.005,
    Fate.LOST: 0.05,
}
LOOKING = {Fate.LIMITED: 0.05, Fate.BROKEN: 0.02}
FATES = {
    "chat.postMessage": POSTING,
    "conversations.history": LOOKING,
    "conversations.info": {Fate.LIMITED: 0.05},
}
"""How often what happens, of one."""
IS_DONE = frozenset({Fate.FINE, Fate.LOST})
IS_DONE_LATER = frozenset({Fate.BROKEN_YET_DONE, Fate.SILENT_YET_DONE})
IS_SILENT = frozenset({Fate.SILENT, Fate.SILENT_YET_DONE})

KNOWN: Mapping[str, Callable[[Asked], dict[str, Any]]] = {
    "auth.test": lambda _: AUTH_TEST | {"team_id": TEAM},
    "conversations.info": lambda asked: {"channel": {"id": asked["channel"], "is_member": True}},
    "conversations.members": lambda _: {"members": [BOT]},
    "users.info": lambda asked: {"user": PROFILE | {"id": asked["user"], "team_id": TEAM, "is_bot": True}},
}
"""What never changes."""


@dataclass(frozen=True)
class Said:
    """A message as it stands in a channel."""

    channel: str
    ts: str
    key: str


@dataclass
class FrailSlack:
    """What it was asked, what it made of it, and what stands in its channels, in order."""

    random: Random
    settles_within: float
    url: str = ""
    said: list[Said] = field(default_factory=list)
    fates: Counter[tuple[str, Fate]] = field(default_factory=Counter)
    _channels: defaultdict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests until somebody hangs up."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                method, asked = await read_request(reader)
                if not await self._answer(method, asked, writer):
                    break
        writer.close()

    async def _answer(self, method: str, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False where the connection ends with it."""
        fate = self._fate(method)
        self.fates[method, fate] += 1
        answer = self._done(method, asked) if fate in IS_DONE else {}
        if fate in IS_DONE_LATER:
            delay = self.random.uniform(0, self.settles_within)
            asyncio.get_running_loop().call_later(delay, self._done, method, asked)
        if fate in IS_SILENT:
            await asyncio.sleep(NEVER_MIND)
        if fate in IS_SILENT or fate is Fate.LOST:
            writer.transport.abort()
            return False
        if fate is Fate.LIMITED:
            send_answer(writer, 429, {"ok": False, "error": "ratelimited"})
        elif fate is Fate.FINE:
            send_answer(writer, 200, answer)
        else:
            send_answer(writer, 500, {})
        await writer.drain()
        return True

    def _fate(self, method: str) -> Fate:
        rolled = self.random.random()
        for fate, share in FATES.get(method, {}).items():
            rolled -= share
            if rolled < 0:
                return fate
        return Fate.FINE

    def _done(self, method: str, asked: Asked) -> dict[str, Any]:
        if method == "chat.postMessage":
            return {"ok": True, **self._post(asked)}
        if method == "conversations.history":
            return {"ok": True, **self._history(asked)}
        known = KNOWN.get(method)
        return {"ok": True, **known(asked)} if known else {"ok": False, "error": "unknown_method"}

    def _post(self, asked: Asked) -> dict[str, Any]:
        ts = f"{int(time.time())}.{next(self._numbers):06d}"
        said = Said(asked["channel"], ts, asked["metadata"]["event_payload"]["key"])
        self.said.append(said)
        self._channels[said.channel].append(said)
        return {"channel": said.channel, "ts": ts}

    def _history(self, asked: Asked) -> dict[str, Any]:
        oldest, start = float(asked["oldest"]), int(asked.get("cursor") or 0)
        found = [each for each in reversed(self._channels[asked["channel"]]) if float(each.ts) > oldest]
        page, rest = found[start : start + PAGE], found[start + PAGE :]
        messages = [{"ts": each.ts} | _marks(each, asked) for each in page]
        more = {"response_metadata": {"next_cursor": str(start + PAGE)}} if rest else {}
        return {"messages": messages, "has_more": bool(rest), **more}


def _marks(said: Said, asked: Asked) -> dict[str, Any]:
    if not asked.get("include_all_metadata"):
        return {}
    return {"metadata": {"event_type": "drumbeat", "event_payload": {"key": said.key}}}


async def read_request(reader: asyncio.StreamReader) -> tuple[str, dict[str, Any]]:
    """Read one whole request: the method's name, and what came with it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    line, *lines = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
    body = (await reader.readexactly(int(headers.get("content-length") or 0))).decode()
    address = urlsplit(line.split(" ")[1])
    asked: dict[str, Any] = {name: values[0] for name, values in parse_qs(address.query).items()}
    if headers.get("content-type", "").startswith("application/json"):
        asked |= json.loads(body or "{}")
    else:
        asked |= {name: values[0] for name, values in parse_qs(body).items()}
    return address.path.rpartition("/")[2], asked


def send_answer(
    writer: asyncio.StreamWriter, status: int, answer: Mapping[str, Any], *, retry_after: str = RETRY_AFTER
) -> None:
    """Answer one request."""
    body = json.dumps(answer).encode()
    head = f"HTTP/1.1 {status} .\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    writer.write(f"{head}Retry-After: {retry_after}\r\n\r\n".encode() + body)


@contextmanager
def frail_slack(random: Random, settles_within: float) -> Iterator[FrailSlack]:
    """Open it in a thread of its own until the block is left."""
    slack = FrailSlack(random, settles_within)
    loop, opened = asyncio.new_event_loop(), threading.Event()

    async def serve() -> None:
        async with await asyncio.start_server(slack.serve, "127.0.0.1", 0) as server:
            slack.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"
            opened.set()
            await server.serve_forever()

    def run() -> None:
        # A loop may be running in the thread of the tests already: a browser's.
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(serve())
        loop.close()

    def close() -> None:
        for task in asyncio.all_tasks(loop):
            task.cancel()

    thread = threading.Thread(target=run, name="slack")
    thread.start()
    opened.wait()
    try:
        yield slack
    finally:
        loop.call_soon_threadsafe(close)
        thread.join()
