"""Serves a demo workspace from a thread, so that clients that block can call it."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_sdk import WebClient

from bot.demo.server import Demo
from bot.demo.serving import DemoServer
from tests.demo.company import TOKEN

_DEADLINE = 10
_TURNS = 10
"""Of a loop: several times what it takes to make a connection of a socket, or to let one go."""
T = TypeVar("T")


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """Run something to its end on a loop of its own, in a thread of its own.

    A browser test in the same process leaves its loop running in this thread.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result(_DEADLINE)


@dataclass(frozen=True)
class RunningDemo:
    """A workspace that answers at ``address``."""

    demo: Demo
    address: str
    loop: asyncio.AbstractEventLoop

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something where the workspace lives, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(_DEADLINE)

    def client(self, token: str = TOKEN, **rest: Any) -> WebClient:  # noqa: ANN401 - slack_sdk's own options.
        """Return Slack's client as the bot has it, which never tries twice by itself."""
        return WebClient(token=token, base_url=f"{self.address}/api/", retry_handlers=[], **rest)


class _PromptServer(DemoServer):
    """Ends at once, where uvicorn looks every tenth of a second whether to, and then lets another pass."""

    def __init__(self, demo: Demo) -> None:
        super().__init__(demo)
        self.leaving = asyncio.Event()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.leaving.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._demo.workspace.end_subscriptions()
        for listener in sockets or ():
            asyncio.get_running_loop().remove_reader(listener)
        # What was accepted just before becomes a connection some turns later, and not of a closed server.
        await _turns()
        for server in self.servers:
            server.close()
        for connection in [*self.server_state.connections]:
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 - as uvicorn does.
                    await asyncio.sleep(0.002)
        for task in self.server_state.tasks:
            task.cancel()
        for connection in self.server_state.connections:
            connection.transport.abort()
        await _turns()
        await self.lifespan.shutdown()


async def _turns() -> None:
    """Let the loop do what it has begun."""
    for _ in range(_TURNS):
        await asyncio.sleep(0)


@contextmanager
def running(make: Callable[[str], Demo]) -> Iterator[RunningDemo]:
    """Make a workspace for a free address and serve it until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        demo = make(address)
        server = _PromptServer(demo)
        started = threading.Event()
        loops: list[asyncio.AbstractEventLoop] = []

        async def serve() -> None:
            loops.append(asyncio.get_running_loop())
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            await server.listening.wait()
            started.set()
            await serving

        thread = threading.Thread(target=lambda: asyncio.run(serve()), name="demo-workspace")
        thread.start()
        try:
            assert started.wait(_DEADLINE)
            yield RunningDemo(demo, address, loops[0])
        finally:
            loops[0].call_soon_threadsafe(server.leaving.set)
            thread.join(_DEADLINE)
