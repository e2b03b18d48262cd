"""The line between Slack's side and the bot's process: the bot's standard input, on which both can write.

Slack's side writes by how many microseconds the clock is put forward. The bot puts its own clock there, does
what is due, and answers when it will have something to do. Whoever finds it cut knows that nobody is there.
"""

import asyncio
import json
import socket
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from logging import getLogger
from typing import Any

from models.services.outlook import Prospect

log = getLogger(__name__)

_MICROSECOND = timedelta(microseconds=1)

Settle = Callable[[timedelta], Prospect]
"""Goes so far ahead, does what is due, and returns what comes next."""


class BotGone(Exception):
    """The bot's process has ended."""


class BotFailed(Exception):
    """The bot could not do what was due; its log says why."""


class Line:
    """Slack's end. It is bound to the loop that makes it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take both directions."""
        self._reader, self._writer = reader, writer
        self._turn = asyncio.Lock()

    async def settle(self, ahead: timedelta) -> Prospect:
        """Have the bot go so far ahead and do what is due; return what comes next.

        Raises BotGone, BotFailed.
        """
        async with self._turn:
            try:
                self._writer.write(f"{in_words(ahead)}\n".encode())
                await self._writer.drain()
                answer = await self._reader.readline()
            except ConnectionError as error:
                raise BotGone from error
        if not answer:
            raise BotGone
        told: dict[str, Any] = json.loads(answer)
        if not told["ok"]:
            raise BotFailed
        return Prospect(_instant(told["stop"]), _instant(told["scheduled"]))

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def open_line() -> tuple[Line, socket.socket]:
    """Return a line, and the bot's end of it, which becomes its standard input."""
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=ours)
    return Line(reader, writer), theirs


def in_words(ahead: timedelta) -> str:
    """Return the amount as the bot reads it."""
    return str(ahead // _MICROSECOND)


def amount(words: str) -> timedelta:
    """Read the amount that Slack's side wrote."""
    return int(words) * _MICROSECOND


def answer_calls(end: socket.socket, settle: Settle) -> None:
    """Answer from the bot's end until the line is cut."""
    with end.makefile("rw", encoding="ascii") as line:
        for words in line:
            try:
                ahead = settle(amount(words))
            except Exception:
                # Whatever went wrong in it, the next call may go well.
                log.exception("could not do what was due")
                line.write(json.dumps({"ok": False}) + "\n")
            else:
                line.write(json.dumps({"ok": True, **asdict(ahead)}, default=datetime.isoformat) + "\n")
            line.flush()


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
