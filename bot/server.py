"""The HTTP server: Waitress, with a way to stop that answers everything it has accepted."""

import socket
import threading
import time
from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.server import create_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

from bot.transports.http import LONGEST_BODY

PATIENCE = 8.0
"""Seconds for answers under way when we stop; container hosts kill after ten."""
OPEN_CONNECTIONS = 1000
"""Connections at once. Waitress's own bound of a hundred is met by one proxy that keeps its connections."""


class HttpServer:
    """Listens from the moment it is made, and answers while ``serve`` runs.

    Waitress's own stop answers the requests that run and drops those that wait for a thread; Slack was told
    neither way. Ours goes on turning the loop until both are answered.
    """

    def __init__(self, application: "WSGIApplication", host: str, port: int, *, threads: int) -> None:
        """Bind the address; port 0 takes a free one. Raises OSError when it is taken or not ours."""
        self._sockets: dict[int, Any] = {}
        listening = listen(host, port)
        self.port = int(listening.getsockname()[1])
        self._server: Any = create_server(
            application,
            map=self._sockets,
            sockets=[listening],
            threads=threads,
            connection_limit=OPEN_CONNECTIONS,
            max_request_body_size=LONGEST_BODY,
            ident=None,
        )
        self._stopping = threading.Event()
        # Once the pipe that wakes the loop is closed, its number may be another file's. A signal handler may
        # come in while this very thread closes it, hence a lock that can be taken twice.
        self._waking = threading.RLock()
        self._closed = False

    def serve(self) -> None:
        """Answer requests until ``stop`` is called, then finish those under way and return."""
        while not self._stopping.is_set():
            wasyncore.loop(timeout=1, map=self._sockets, count=1)
        self._stop_listening()
        until = time.monotonic() + PATIENCE
        while self._is_busy() and time.monotonic() < until:
            wasyncore.loop(timeout=0.1, map=self._sockets, count=1)
        self._server.task_dispatcher.shutdown(timeout=1)
        with self._waking:
            self._closed = True
            wasyncore.close_all(self._sockets)

    def stop(self) -> None:
        """Make ``serve`` finish; safe from a signal handler, and more than once."""
        self._stopping.set()
        with self._waking:
            if not self._closed:
                self._server.pull_trigger()

    def _stop_listening(self) -> None:
        self._server.del_channel(self._sockets)
        self._server.socket.close()

    def _is_busy(self) -> bool:
        return any(
            channel.requests or channel.total_outbufs_len for channel in self._server.active_channels.values()
        )


_NO_LISTENING = {
    EADDRINUSE: ("is in use by another program", "Set PORT to a free one, or stop the other"),
    EACCES: ("may not be used without more rights", "Set PORT to a number above 1023"),
    EADDRNOTAVAIL: ("is not an address of this machine", "Leave HOST unset, or set it to 0.0.0.0"),
}


def why_not(host: str, port: int, error: OSError) -> tuple[str, str]:
    """Return why an address cannot be listened on, and what to do."""
    if isinstance(error, socket.gaierror):
        return f"HOST={host} is no name of this machine's", "Leave HOST unset, or set it to 0.0.0.0"
    what, mend = _NO_LISTENING.get(
        error.errno or 0, (f"cannot be listened on: {error.strerror}", "Change HOST or PORT")
    )
    return f"{host}:{port} {what}", mend


def listen(host: str, port: int) -> socket.socket:
    """Return one listening socket, also for a name that has several addresses. Raises OSError."""
    family, _, _, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    return socket.create_server(address[:2], family=family)
