"""The public address: who answers there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.doctor.address_check import examine_address
from bot.doctor.findings import Severity
from tests.bot.doctor.patient import Diagnose, lines


@contextmanager
def behind(status: int, body: bytes, location: str = "") -> Iterator[str]:
    """Serve one answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "body", "found"),
    [
        (200, b'{"status": "ok"}', "ok: the bot answers at "),
        (200, b"It works!", "problem: something else than the bot answers"),
        (502, b"Bad Gateway", "problem: something else than the bot answers"),
        (301, b"", "problem: http://127.0.0.1"),
    ],
)
def test_what_answers_at_the_public_address(diagnose: Diagnose, status: int, body: bytes, found: str) -> None:
    with behind(status, body, location="https://x.invalid/" if status == 301 else "") as address:
        [line] = lines(diagnose(PUBLIC_URL=address), "address")
    assert line.startswith(found)


def test_nothing_at_the_public_address(diagnose: Diagnose) -> None:
    [line] = lines(diagnose(PUBLIC_URL="http://127.0.0.1:9"), "address")
    assert line.startswith("warning: http://127.0.0.1:9/ does not answer from here")


def test_an_address_of_this_machine_is_none_that_slack_reaches() -> None:
    [found] = examine_address("http://127.0.0.1:9/", is_slack=True)
    assert found.severity is Severity.PROBLEM
    assert found.what.startswith("http://127.0.0.1:9/ is an address of this machine alone")


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("127.0.0.1", "ok: 127.0.0.1:0 is free for the bot"),
        ("1.2.3.4", "problem: 1.2.3.4:0 is not an address of this machine"),
        ("nohost.invalid", "problem: HOST=nohost.invalid is no name of this machine's"),
    ],
)
def test_where_the_bot_is_to_listen(diagnose: Diagnose, host: str, found: str) -> None:
    assert lines(diagnose(HOST=host), "listening") == [found]


@pytest.mark.parametrize(
    ("body", "found"),
    [(b'{"status": "ok"}', "ok: the bot runs at "), (b"It works!", "is in use by another program")],
)
def test_who_has_the_port_already(diagnose: Diagnose, body: bytes, found: str) -> None:
    with behind(200, body) as address:
        report = diagnose(PORT=address.rstrip("/").rpartition(":")[2])
    [line] = lines(report, "listening")
    assert found in line
    [file] = lines(report, "database")
    is_ours = "the bot runs" in found
    assert file.startswith("problem: the bot runs, and " if is_ours else "warning: "), (
        "a bot that runs has a file"
    )
