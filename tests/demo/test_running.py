"""The workspace that tests serve ends at once, and leaves no connection behind."""

import socket
from contextlib import suppress

from tests.conftest import SetClock
from tests.demo.company import FakeBot, open_company
from tests.demo.running import running

CONNECTIONS = 40
HALF_A_REQUEST = b"POST /api/auth.test HTTP/1.1\r\nHost: workspace\r\nContent-Length: 9\r\n\r\n"


def read_to_the_end(caller: socket.socket) -> None:
    """Wait for the other side to end it, in whatever way. Raises TimeoutError where it does not."""
    caller.settimeout(5)
    with caller, suppress(ConnectionResetError):
        while caller.recv(1024):
            pass


def test_what_connects_just_before_it_ends_is_let_go(bot: FakeBot, clock: SetClock) -> None:
    with running(lambda base_url: open_company(bot, clock, base_url=base_url)) as demo:
        host, port = demo.address.removeprefix("http://").split(":")
        callers = [socket.create_connection((host, int(port))) for _ in range(CONNECTIONS)]
    for caller in callers:
        read_to_the_end(caller)


def test_what_never_ends_its_request_is_let_go(bot: FakeBot, clock: SetClock) -> None:
    with running(lambda base_url: open_company(bot, clock, base_url=base_url)) as demo:
        host, port = demo.address.removeprefix("http://").split(":")
        caller = socket.create_connection((host, int(port)))
        caller.sendall(HALF_A_REQUEST)
    read_to_the_end(caller)
