"""One request and its reply over an open connection, as HTTP/1.1 writes them.

``http.client`` reads a reply's head with the parser for mail, and with that took a third of our time for a
call. What a client has to know of HTTP to send one POST and read its answer is little.
"""

import io
import re
import socket
from collections.abc import Callable, Mapping
from http.client import BadStatusLine, IncompleteRead, LineTooLong, RemoteDisconnected
from typing import TYPE_CHECKING

from models.value import Value

if TYPE_CHECKING:
    from typing_extensions import Buffer

LONGEST_LINE = 65536
MOST_HEADERS = 100
_FINAL = 200
"""The lowest status of an answer that no other follows."""
_WITHOUT_BODY = frozenset({204, 304})
_STATUS = re.compile(rb"HTTP/1\.(\d) ([1-5]\d\d)(?: |\r?\n)")
_TARGET = re.compile(r"[\x21-\x7e]+")


class Reply(Value):
    """An HTTP reply, read to its end; its headers go by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: str
    is_last: bool
    """Whether the other side takes no further request on this connection."""


class Time:
    """The time that one call has."""

    def __init__(self, clock: Callable[[], float], within: float) -> None:
        """Take what tells the time, and for how many seconds there is some."""
        self._clock = clock
        self._over_at = clock() + within

    def left(self) -> float:
        """Return the seconds until it is over. Raises TimeoutError once it is."""
        left = self._over_at - self._clock()
        if left <= 0:
            msg = "the call's time is over"
            raise TimeoutError(msg)
        return left


class _Incoming(io.RawIOBase):
    """What arrives on a connection; each read may take what is left of the time."""

    def __init__(self, sock: socket.socket, time: Time) -> None:
        self._sock = sock
        self._time = time

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer", /) -> int | None:
        self._sock.settimeout(self._time.left())
        return self._sock.recv_into(buffer)


def request(host: str, target: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Return a POST request. Raises ValueError where a line's end is hidden in it: it would be two."""
    lines = [
        f"POST {target} HTTP/1.1",
        f"Host: {host}",
        "Accept-Encoding: identity",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    head = "\r\n".join(lines)
    if head.count("\r") + head.count("\n") != 2 * len(lines) - 2 or not _TARGET.fullmatch(target):
        msg = "the request's head is not what it should be"
        raise ValueError(msg)
    return b"%s\r\n\r\n%s" % (head.encode("latin-1"), body)


def exchange(sock: socket.socket, asked: bytes, time: Time) -> Reply:
    """Send a request in one piece, and read its reply to the end.

    Raises OSError, TimeoutError among them, HTTPException, ValueError.
    """
    sock.settimeout(time.left())
    sock.sendall(asked)
    incoming = io.BufferedReader(_Incoming(sock, time))
    minor, status, headers = _head(incoming)
    while status < _FINAL:
        minor, status, headers = _head(incoming)
    said = headers.get("connection", "").lower()
    stays = "keep-alive" in said if minor == 0 else "close" not in said
    if status in _WITHOUT_BODY:
        body = b""
    elif "transfer-encoding" in headers:
        body = _chunked(incoming, headers["transfer-encoding"])
    elif "content-length" in headers:
        body = _exactly(incoming, int(headers["content-length"]))
    else:
        body, stays = incoming.read(), False
    # JSON is in UTF-8; whatever else it is, is no answer of Slack's.
    return Reply(status, headers, body.decode(errors="replace"), not stays)


def _head(incoming: "io.BufferedReader[_Incoming]") -> tuple[int, int, dict[str, str]]:
    """Return the number after HTTP/1, the status, and the headers."""
    first = _line(incoming)
    found = _STATUS.match(first)
    if not found:
        raise BadStatusLine(repr(first))
    headers: dict[str, str] = {}
    for _ in range(MOST_HEADERS):
        line = _line(incoming)
        if line in (b"\r\n", b"\n"):
            return int(found[1]), int(found[2]), headers
        name, _, value = line.decode("latin-1").partition(":")
        name, value = name.strip().lower(), value.strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    msg = f"more than {MOST_HEADERS} headers"
    raise ValueError(msg)


def _line(incoming: "io.BufferedReader[_Incoming]") -> bytes:
    line = incoming.readline(LONGEST_LINE)
    if line.endswith(b"\n"):
        return line
    if not line:
        msg = "the other side hung up"
        raise RemoteDisconnected(msg)
    if len(line) < LONGEST_LINE:
        raise IncompleteRead(line)
    msg = "head"
    raise LineTooLong(msg)


def _exactly(incoming: "io.BufferedReader[_Incoming]", length: int) -> bytes:
    if length < 0:
        msg = "a length below nothing"
        raise ValueError(msg)
    body = incoming.read(length)
    if len(body) < length:
        raise IncompleteRead(body, length - len(body))
    return body


def _chunked(incoming: "io.BufferedReader[_Incoming]", encoding: str) -> bytes:
    if encoding.lower() != "chunked":
        msg = f"a reply in {encoding}, for which nobody asked"
        raise ValueError(msg)
    chunks = []
    while length := int(_line(incoming).partition(b";")[0], 16):
        chunks.append(_exactly(incoming, length))
        _line(incoming)
    while _line(incoming) not in (b"\r\n", b"\n"):
        pass
    return b"".join(chunks)
