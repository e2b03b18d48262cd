"""One request and its reply over an open connection, as HTTP/1.1 writes them.

``http.client`` reads a reply's head with the parser for mail, and with that took a third of our time for a
call.
"""

import re
import socket
from collections.abc import Callable, Mapping
from http.client import HTTPException, IncompleteRead

from httptools import HttpParserError, HttpResponseParser

from models.value import Value

_FINAL = 200
"""The lowest status of an answer that no other follows."""
_LENGTHS = frozenset({"content-length", "transfer-encoding"})
"""Headers that say where a reply ends."""
_AT_ONCE = 65536
"""Bytes."""
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


class _Incoming:
    """Collects a reply while its bytes arrive; the parser calls what is named ``on_``."""

    def __init__(self) -> None:
        self._parser = HttpResponseParser(self)
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []
        self._has_head = False
        self.reply: Reply | None = None

    def feed(self, data: bytes) -> None:
        """Take some bytes. Raises HTTPException where they are no reply."""
        try:
            self._parser.feed_data(data)
        except HttpParserError as error:
            if self.reply is None:
                raise HTTPException(str(error)) from error

    def end(self) -> Reply:
        """Return the reply that its connection's end ends. Raises IncompleteRead where more was to come."""
        if not self._has_head or _LENGTHS & self._headers.keys():
            raise IncompleteRead(b"".join(self._body))
        return self._whole(is_last=True)

    def on_header(self, name: bytes, value: bytes) -> None:
        key, said = name.decode("latin-1").lower(), value.decode("latin-1").strip()
        self._headers[key] = f"{self._headers[key]}, {said}" if key in self._headers else said

    def on_headers_complete(self) -> None:
        self._has_head = True

    def on_body(self, data: bytes) -> None:
        self._body.append(data)

    def on_message_complete(self) -> None:
        if self.reply is not None:
            return  # What is beyond the reply belongs to nothing that was asked.
        if self._parser.get_status_code() < _FINAL:
            self._headers, self._has_head = {}, False
        else:
            self.reply = self._whole(is_last=not self._parser.should_keep_alive())

    def _whole(self, *, is_last: bool) -> Reply:
        # JSON is in UTF-8; whatever else it is, is no answer of Slack's.
        body = b"".join(self._body).decode(errors="replace")
        return Reply(self._parser.get_status_code(), self._headers, body, is_last)


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

    Raises OSError, TimeoutError among them, and HTTPException.
    """
    sock.settimeout(time.left())
    sock.sendall(asked)
    incoming = _Incoming()
    while incoming.reply is None:
        sock.settimeout(time.left())
        data = sock.recv(_AT_ONCE)
        if not data:
            return incoming.end()
        incoming.feed(data)
    return incoming.reply
