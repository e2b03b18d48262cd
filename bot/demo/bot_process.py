"""The bot as a child of the demo: one process at a time, and on the same port when it is started anew."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress

import httpx

from bot.demo.state.bot_switch import BotSwitch, Condition
from bot.demo.time.line import Line, in_words, open_line
from bot.demo.time.travels import Travels

_READY_SECONDS = 30.0
_ENDING_SECONDS = 10.0
_POLL_SECONDS = 0.05
_ENDED = "The bot ended by itself, with code {code}. Its log is above; the page can start it again.\n"


class BotProcess:
    """Runs the bot, one process after the other."""

    def __init__(
        self,
        environment: Mapping[str, str],
        address: str,
        switch: BotSwitch,
        travels: Travels,
        first_ready: Callable[[], Awaitable[None]],
    ) -> None:
        """Take what the bot is told, where it answers, who shows it, who takes it along, what comes first."""
        self._environment, self._address = dict(environment), address
        self._switch, self._travels, self._first_ready = switch, travels, first_ready
        self._wanted = asyncio.Event()
        switch.wish = self._wanted.set

    async def run(self) -> int:
        """Run the bot until cancelled; return the exit code of one that ended before it ever answered."""
        async with self._child() as (child, line):
            if not await self._is_ready(child):
                return await child.wait()
            await self._first_ready()
            await self._until_ended_or_wanted(child, line)
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            async with self._child() as (child, line):
                if is_ready := await self._is_ready(child):
                    await self._until_ended_or_wanted(child, line)
            if not is_ready:
                self._ended(child)

    async def _until_ended_or_wanted(self, child: asyncio.subprocess.Process, line: Line) -> None:
        self._travels.bot = line.settle
        self._switch.became(Condition.RUNNING)
        waiting = {asyncio.create_task(child.wait()), asyncio.create_task(self._wanted.wait())}
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._travels.bot = None
            for each in waiting:
                each.cancel()
        if not self._wanted.is_set():
            self._ended(child)

    def _ended(self, child: asyncio.subprocess.Process) -> None:
        sys.stderr.write(_ENDED.format(code=child.returncode))
        self._switch.became(Condition.DOWN)

    @asynccontextmanager
    async def _child(self) -> AsyncIterator[tuple[asyncio.subprocess.Process, Line]]:
        """Start a process at the present time of the demo, and see it ended before there can be another."""
        line, theirs = await open_line()
        with theirs:
            child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.demo.child", in_words(self._travels.clock.ahead)),
                stdin=theirs.fileno(),
                env=self._environment,
                # Ctrl-C is for us: the bot ends when we say so, while Slack's side still answers it.
                start_new_session=True,
            )
        try:
            yield child, line
        finally:
            await _end(child)
            line.close()

    async def _is_ready(self, child: asyncio.subprocess.Process) -> bool:
        """Wait until the bot answers; False when it ended or takes too long."""
        async with httpx.AsyncClient(trust_env=False) as client:
            with suppress(TimeoutError):
                async with asyncio.timeout(_READY_SECONDS):
                    while child.returncode is None:
                        with suppress(httpx.HTTPError):
                            answer = await client.get(f"{self._address}/healthz")
                            if answer.is_success:
                                return True
                        await asyncio.sleep(_POLL_SECONDS)
        return False


async def _end(child: asyncio.subprocess.Process) -> None:
    """End the bot in good order, and by force when it does not listen."""
    if child.returncode is not None:
        return
    child.terminate()
    try:
        async with asyncio.timeout(_ENDING_SECONDS):
            await child.wait()
    except TimeoutError:
        child.kill()
        await child.wait()
