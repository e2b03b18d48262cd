"""Serves a demo workspace from a thread, so that clients that block can call it."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_sdk import WebClient

from bot.demo.server import Demo
from bot.demo.serving import DemoServer
from tests.demo.company import TOKEN

_DEADLINE = 10
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


@contextmanager
def running(make: Callable[[str], Demo]) -> Iterator[RunningDemo]:
    """Make a workspace for a free address and serve it until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        demo = make(address)
        server = DemoServer(demo)
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
            server.should_exit = True
            thread.join(_DEADLINE)
