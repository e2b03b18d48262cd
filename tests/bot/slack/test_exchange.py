"""A request and its reply as they are on the wire, well written and not."""

import socket
from collections.abc import Iterator
from http.client import HTTPException, IncompleteRead
from time import monotonic

import pytest

from bot.slack.exchange import Reply, Time, exchange, request
from tests.bot.slack.conftest import DEADLINE

Ends = tuple[socket.socket, socket.socket]
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
    b'9;x=y\r\n{"a": "\xc3\xa9\r\n2\r\n"}\r\n0\r\nLater: on\r\n\r\nbeyond'
)


@pytest.fixture
def ends() -> Iterator[Ends]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def answered(ends: Ends, reply: bytes, *, hangs_up: bool = True) -> Reply:
    """Return what the client makes of these bytes."""
    ours, theirs = ends
    theirs.sendall(reply)
    if hangs_up:
        theirs.shutdown(socket.SHUT_WR)
    return exchange(ours, b"asked", Time(monotonic, DEADLINE))


@pytest.mark.parametrize(
    ("reply", "status", "body", "is_last"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", False),
        (b"HTTP/1.1 200\r\nCONTENT-LENGTH:2\r\n\r\n{}beyond", 200, "{}", False),
        (b"HTTP/1.1 429 Slow down\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n", 429, "", True),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", True),
        (b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", False),
        (b"HTTP/1.1 204 Nothing\r\n\r\n", 204, "", False),
        (b"HTTP/1.1 100 Go on\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", False),
        (
            CHUNKED,
            200,
            '{"a": "é"}',
            False,
        ),
    ],
)
def test_a_reply_ends_where_its_head_says(
    ends: Ends, reply: bytes, status: int, body: str, *, is_last: bool
) -> None:
    found = answered(ends, reply, hangs_up=False)
    assert (found.status, found.body, found.is_last) == (status, body, is_last)


def test_a_reply_of_unknown_length_ends_with_its_connection(ends: Ends) -> None:
    found = answered(ends, b"HTTP/1.1 502 Bad\r\nContent-Type: text/html\r\n\r\n<p>Caf\xe9</p>")
    assert (found.status, found.body, found.is_last) == (502, "<p>Caf\ufffd</p>", True)


def test_headers_go_by_small_letters_and_what_is_said_twice_is_kept(ends: Ends) -> None:
    found = answered(
        ends, b"HTTP/1.1 200 OK\r\nRetry-After:  30 \r\nVia: a\r\nvia: b\r\nContent-Length: 0\r\n\r\n"
    )
    assert found.headers == {"retry-after": "30", "via": "a, b", "content-length": "0"}


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (b"", IncompleteRead),
        (b"HTTP/1.1 20", IncompleteRead),
        (b"220 mail.example\r\n", HTTPException),
        (b"HTTP/1.1 nine\r\n\r\n", HTTPException),
        (b"HTTP/1.1 200 OK\nContent-Length: 2\n\n{}", HTTPException),
        (OK + b"Content-Le", IncompleteRead),
        (OK + b"Content-Length: 9\r\n\r\n{}", IncompleteRead),
        (OK + b"Content-Length: -1\r\n\r\n{}", HTTPException),
        (OK + b"Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}", HTTPException),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}", IncompleteRead),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", IncompleteRead),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nmany\r\n", HTTPException),
    ],
)
def test_a_broken_reply_is_no_reply(ends: Ends, reply: bytes, trouble: type[Exception]) -> None:
    with pytest.raises(trouble):
        answered(ends, reply)


def test_a_request_says_who_is_asked_for_what() -> None:
    asked = request("slack.example:8443", "/api/x?y=z", b"{}", {"Authorization": "Bearer t"})
    assert asked == (
        b"POST /api/x?y=z HTTP/1.1\r\nHost: slack.example:8443\r\nAccept-Encoding: identity\r\n"
        b"Content-Length: 2\r\nAuthorization: Bearer t\r\n\r\n{}"
    )


@pytest.mark.parametrize(
    ("host", "target", "header"),
    [
        ("a", "/x", "t\r\nX: y"),
        ("a", "/x", "t\n"),
        ("a\r\nX: y", "/", "t"),
        ("a", "/x HTTP/1.1", "t"),
        ("a", "/é", "t"),
    ],
)
def test_no_second_request_hides_in_one(host: str, target: str, header: str) -> None:
    with pytest.raises(ValueError, match="head"):
        request(host, target, b"", {"Authorization": header})
