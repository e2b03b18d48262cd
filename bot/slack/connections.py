"""HTTP connections that are kept for the next call, and that end a call at its deadline.

The SDK opens a connection for each call, and its time-out starts anew with every packet: a peer that
sends one byte now and then could hold a thread for ever. Here the deadline is for the whole call.
"""

import select
import socket
import threading
import weakref
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ssl import SSLContext, create_default_context
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from bot.slack.exchange import Reply, Time, exchange, request
from models.value import Value

CONNECT_WITHIN = 3.0
"""Seconds for each address of the host to accept a connection."""
KEPT_FOR = 2.0
"""Seconds that an idle connection is kept. Few on purpose: where the other side hangs up just as a message is
sent, nobody can tell whether it arrived, and servers keep connections for five seconds and more."""


class NotReached(ConnectionError):
    """No connection came about, so the call certainly did not happen."""


class ReplyLost(ConnectionError):
    """The connection broke after the call had begun: it may have happened."""


class _Idle(Value):
    sock: socket.socket
    since: float


_Address = tuple[str, str]
"""A scheme, and a host with its port: where a connection leads."""


class Connections:
    """The connections of one client, shared by all its threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Begin with none; what is left is closed when nobody needs the client any more."""
        self._clock = clock
        self._idle: dict[_Address, list[_Idle]] = {}
        self._lock = threading.Lock()
        self._ssl: SSLContext | None = None
        weakref.finalize(self, _close_all, self._idle)

    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, within: float) -> Reply:
        """Send a POST request and read the reply, all of it within so many seconds.

        Raises NotReached, ReplyLost, TimeoutError.
        """
        time = Time(self._clock, within)
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        try:
            asked = request(host, target, body, headers)
        except ValueError as error:
            raise NotReached(str(error)) from error
        address = (parts.scheme, host)
        sock = self._kept(address) or self._opened(parts, time)
        try:
            reply = exchange(sock, asked, time)
        except BaseException as error:
            sock.close()
            if isinstance(error, TimeoutError) or not isinstance(error, OSError | HTTPException | ValueError):
                raise
            raise ReplyLost(type(error).__name__) from error
        if reply.is_last:
            sock.close()
        else:
            self._keep(address, sock)
        return reply

    def _opened(self, parts: SplitResult, time: Time) -> socket.socket:
        host = parts.hostname or ""
        connection = (
            HTTPSConnection(host, parts.port, context=self._trust())
            if parts.scheme == "https"
            else HTTPConnection(host, parts.port)
        )
        try:
            connection.timeout = min(CONNECT_WITHIN, time.left())
            connection.connect()
        except OSError as error:
            connection.close()
            raise NotReached(type(error).__name__) from error
        opened: socket.socket = connection.sock
        return opened

    def _trust(self) -> SSLContext:
        """Return the certificates to trust; reading them takes longer than a call, so it is done once."""
        if self._ssl is None:
            self._ssl = create_default_context()
        return self._ssl

    def _kept(self, address: _Address) -> socket.socket | None:
        """Return an idle connection that is young and that the other side has not closed, if there is one."""
        while True:
            with self._lock:
                idle = self._idle.get(address)
                if not idle:
                    return None
                candidate = idle.pop()
            if self._clock() - candidate.since < KEPT_FOR and not _has_ended(candidate.sock):
                return candidate.sock
            candidate.sock.close()

    def _keep(self, address: _Address, sock: socket.socket) -> None:
        now = self._clock()
        with self._lock:
            idle = self._idle.setdefault(address, [])
            too_old = [kept for kept in idle if now - kept.since >= KEPT_FOR]
            idle[:] = [kept for kept in idle if now - kept.since < KEPT_FOR] + [_Idle(sock, now)]
        for kept in too_old:
            kept.sock.close()


def _has_ended(sock: socket.socket) -> bool:
    """Tell whether the other side hung up: an idle connection has nothing to read but its end."""
    look = select.poll()
    look.register(sock, select.POLLIN)
    return bool(look.poll(0))


def _close_all(idle: dict[_Address, list[_Idle]]) -> None:
    for kept in idle.values():
        for one in kept:
            one.sock.close()
    idle.clear()
