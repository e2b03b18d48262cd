"""A Web API on this machine that misbehaves on demand: slow, broken, lost in the middle."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Asked:
    """One request as it came in; ``port`` tells connections apart."""

    method: str
    arguments: Mapping[str, Any]
    port: int
    has_token: bool = False


Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Api:
    """What the server was asked, and how it answers each method."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)
    slept: float = 0.0

    def time(self) -> float:
        """Return the time by which calls of this server end; ``sleeping`` lets it pass."""
        return time.monotonic() + self.slept

    @property
    def methods(self) -> list[str]:
        """Return the methods asked for, in order."""
        return [asked.method for asked in self.asked]


def _read(kind: str, body: bytes) -> Mapping[str, Any]:
    """Return what was sent along, by name; a file's bytes have none."""
    if kind == "application/octet-stream":
        return {"raw": body}
    if kind.startswith("application/json"):
        found: Mapping[str, Any] = json.loads(body or b"{}")
        return found
    return {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}


def saying(body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with JSON."""
    kind = {"Content-Type": "application/json"}
    return _sending(json.dumps(body).encode(), status, kind | dict(headers or {}))


def text(body: str, status: int) -> Answer:
    """Answer with something that is no JSON."""
    return _sending(body.encode(), status, {"Content-Type": "text/html"})


def _sending(body: bytes, status: int, headers: Mapping[str, str]) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def hanging_up(handler: BaseHTTPRequestHandler) -> None:
    """Do the work and lose the reply."""
    handler.close_connection = True


def silent(over: threading.Event) -> Answer:
    """Never answer."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        over.wait(timeout=20)
        handler.close_connection = True

    return answer


def sleeping(api: Api) -> Answer:
    """Let an hour pass once the request is here, and begin an answer that never ends."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        api.slept += 3600.0
        handler.wfile.write(b"H")
        handler.wfile.flush()
        silent(api.over)(handler)

    return answer


def trickling(over: threading.Event) -> Answer:
    """Send a byte now and then, for ever: each of them would begin a socket's time-out anew."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.close_connection = True
        try:
            while not over.wait(timeout=0.05):
                handler.wfile.write(b" ")
                handler.wfile.flush()
        except OSError:
            return

    return answer


@contextmanager
def web_api() -> Iterator[Api]:
    """Run the server."""
    api = Api()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # A reply in one packet: in two, the second waits 40 ms for the first one's receipt.

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            arguments = _read(self.headers["Content-Type"], body)
            name = self.path.removeprefix("/api/")
            has_token = self.headers["Authorization"] is not None
            api.asked.append(Asked(name, arguments, self.client_address[1], has_token))
            api.answers[name](self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    api.url = f"http://127.0.0.1:{server.server_port}/api/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        api.over.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
