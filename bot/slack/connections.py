"""HTTP connections that are kept for the next call, and that end a call at its deadline.

The SDK opens a connection for each call, and its time-out starts anew with every packet: a peer that
sends one byte now and then could hold a thread for ever. Here the deadline is for the whole call.
"""

import io
import selectors
import socket
import threading
import weakref
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from ssl import SSLContext, create_default_context
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from models.value import Value

if TYPE_CHECKING:
    from typing_extensions import Buffer

CONNECT_WITHIN = 3.0
"""Seconds for each address of the host to accept a connection."""
KEPT_FOR = 2.0
"""Seconds that an idle connection is kept. Few on purpose: where the other side hangs up just as a message is
sent, nobody can tell whether it arrived, and servers keep connections for five seconds and more."""


_Selector = getattr(selectors, "PollSelector", selectors.DefaultSelector)
"""Looks at one connection: the default one is made for many, and costs three calls to the system more."""


class NotReached(ConnectionError):
    """No connection came about, so the call certainly did not happen."""


class ReplyLost(ConnectionError):
    """The connection broke after the call had begun: it may have happened."""


class Reply(Value):
    """An HTTP reply, read to its end."""

    status: int
    headers: HTTPMessage
    body: str


class Address(Value):
    """Where a connection leads."""

    scheme: str
    host: str
    port: int | None


class _Time:
    """The time that one call has."""

    def __init__(self, clock: Callable[[], float], within: float) -> None:
        self._clock = clock
        self._over_at = clock() + within

    def left(self) -> float:
        """Return the seconds until it is over. Raises TimeoutError once it is."""
        left = self._over_at - self._clock()
        if left <= 0:
            msg = "the call's time is over"
            raise TimeoutError(msg)
        return left


class _TimedFile(io.RawIOBase):
    """Reads a reply; each read may take what is left of the time."""

    def __init__(self, sock: socket.socket, time: _Time) -> None:
        self._sock = sock
        self._time = time
        self._file = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer", /) -> int | None:
        self._sock.settimeout(self._time.left())
        return self._file.readinto(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()


class _TimedSocket:
    """What ``http.client`` uses of a socket, for one call.

    It sends head and body apart. Here they go out together, once the reply is asked for: one packet where it
    would be two, each of which wakes the other side.
    """

    def __init__(self, sock: socket.socket, time: _Time) -> None:
        self._sock = sock
        self._time = time
        self._request: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        self._request.append(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        self._sock.settimeout(self._time.left())
        self._sock.sendall(b"".join(self._request))
        return io.BufferedReader(_TimedFile(self._sock, self._time))

    def close(self) -> None:
        self._sock.close()


class _Idle(Value):
    connection: HTTPConnection
    since: float


class Connections:
    """The connections of one client, shared by all its threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Begin with none; what is left is closed when nobody needs the client any more."""
        self._clock = clock
        self._idle: dict[Address, list[_Idle]] = {}
        self._lock = threading.Lock()
        self._ssl: SSLContext | None = None
        weakref.finalize(self, _close_all, self._idle)

    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, within: float) -> Reply:
        """Send a POST request and read the reply, all of it within so many seconds.

        Raises NotReached, ReplyLost, TimeoutError.
        """
        time = _Time(self._clock, within)
        parts = urlsplit(url)
        address = Address(parts.scheme, parts.hostname or "", parts.port)
        connection = self._kept(address) or self._opened(address, time)
        sock = connection.sock
        connection.sock = _TimedSocket(sock, time)
        try:
            connection.request(
                "POST",
                parts._replace(scheme="", netloc="", fragment="").geturl(),
                body=body,
                headers=dict(headers),
            )
            response = connection.getresponse()
            text = response.read().decode(response.headers.get_content_charset() or "utf-8")
        except BaseException as error:
            connection.close()
            sock.close()
            if isinstance(error, TimeoutError) or not isinstance(error, OSError | HTTPException | ValueError):
                raise
            raise ReplyLost(type(error).__name__) from error
        if connection.sock is not None:
            connection.sock = sock
            self._keep(address, connection)
        return Reply(response.status, response.headers, text)

    def _opened(self, address: Address, time: _Time) -> HTTPConnection:
        connection = (
            HTTPSConnection(address.host, address.port, context=self._trust())
            if address.scheme == "https"
            else HTTPConnection(address.host, address.port)
        )
        try:
            connection.timeout = min(CONNECT_WITHIN, time.left())
            connection.connect()
        except OSError as error:
            connection.close()
            raise NotReached(type(error).__name__) from error
        return connection

    def _trust(self) -> SSLContext:
        """Return the certificates to trust; reading them takes longer than a call, so it is done once."""
        if self._ssl is None:
            self._ssl = create_default_context()
        return self._ssl

    def _kept(self, address: Address) -> HTTPConnection | None:
        """Return an idle connection that is young and that the other side has not closed, if there is one."""
        while True:
            with self._lock:
                idle = self._idle.get(address)
                if not idle:
                    return None
                candidate = idle.pop()
            if self._clock() - candidate.since < KEPT_FOR and not _has_ended(candidate.connection):
                return candidate.connection
            candidate.connection.close()

    def _keep(self, address: Address, connection: HTTPConnection) -> None:
        now = self._clock()
        with self._lock:
            idle = self._idle.setdefault(address, [])
            too_old = [kept for kept in idle if now - kept.since >= KEPT_FOR]
            idle[:] = [kept for kept in idle if now - kept.since < KEPT_FOR] + [_Idle(connection, now)]
        for kept in too_old:
            kept.connection.close()


def _has_ended(connection: HTTPConnection) -> bool:
    """Tell whether the other side hung up: an idle connection has nothing to read but its end."""
    with _Selector() as selector:
        selector.register(connection.sock, selectors.EVENT_READ)
        return bool(selector.select(timeout=0))


def _close_all(idle: dict[Address, list[_Idle]]) -> None:
    for kept in idle.values():
        for one in kept:
            one.connection.close()
    idle.clear()
