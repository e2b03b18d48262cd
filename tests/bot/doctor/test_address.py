"""The public address: who answers there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

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
