"""The HTTP server of the demo workspace: uvicorn, with a way to break a connection and to end open pages."""

import asyncio
import socket
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.demo.server import Demo


class _BreakableProtocol(H11Protocol):
    """HTTP whose connection the application can find as ``request.state.transport``, and break."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # asyncio does so only for sockets that name their protocol, as a listener made beforehand does not;
        # without it every answer's body waits 40 ms for the other side to confirm the headers.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app_state = {**self.app_state, "transport": transport}


class DemoServer(uvicorn.Server):
    """Serves one demo workspace. Signals are left to whoever runs it."""

    def __init__(self, demo: Demo) -> None:
        """Take what to serve."""
        config = uvicorn.Config(
            demo.app,
            http=_BreakableProtocol,
            ws="websockets-sansio",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self.listening = asyncio.Event()
        self._demo = demo

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave the signals alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell whoever waits for it."""
        await super().startup(sockets)
        self.listening.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the pages go first: their streams of events would never end by themselves."""
        self._demo.workspace.end_subscriptions()
        await super().shutdown(sockets)
