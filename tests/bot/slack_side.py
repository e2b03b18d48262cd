"""Slack's side of the wire, as small as these tests need it: signed requests, and a Web API that answers."""

import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode

SIGNING_SECRET = "5ec0e7" + "0" * 26
TOKEN = "xoxb-1-token"
TEAM = "T0ACME"

Answers = Mapping[str, Callable[[dict[str, str]], dict[str, Any]]]

AUTH_TEST = {
    "ok": True,
    "url": "https://acme.slack.com/",
    "team": "Acme",
    "team_id": TEAM,
    "user": "drumbeat",
    "user_id": "U0BOT",
    "bot_id": "B0BOT",
}
PROFILE = {
    "id": "U0DANA",
    "team_id": TEAM,
    "name": "dana",
    "deleted": False,
    "tz": "Europe/Berlin",
    "is_bot": False,
    "is_restricted": False,
    "is_ultra_restricted": False,
    "is_admin": False,
    "profile": {"real_name": "Dana Ortiz", "display_name": "Dana"},
}
USUAL: Answers = {
    "auth.test": lambda _: dict(AUTH_TEST),
    "users.info": lambda asked: {"ok": True, "user": {**PROFILE, "id": asked["user"]}},
}


@dataclass
class WebApi:
    """A Slack Web API on this machine; ``calls`` are the methods it was asked, in order."""

    url: str
    calls: list[str] = field(default_factory=list)
    _called: threading.Condition = field(default_factory=threading.Condition)

    def called(self, method: str) -> None:
        """Remember a call."""
        with self._called:
            self.calls.append(method)
            self._called.notify_all()

    def wait_for(self, method: str) -> bool:
        """Wait until the method has been called; False when it takes too long."""
        with self._called:
            return self._called.wait_for(lambda: method in self.calls, timeout=20)


@contextmanager
def web_api(answers: Answers = USUAL) -> Iterator[WebApi]:
    """Run a Web API that knows these methods and refuses all others, as Slack does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            method = self.path.rsplit("/", 1)[-1]
            api.called(method)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            is_json = (self.headers.get("Content-Type") or "").startswith("application/json")
            asked = (
                json.loads(body or "{}")
                if is_json
                else {name: values[0] for name, values in parse_qs(body).items()}
            )
            known = answers.get(method)
            answer = known(asked) if known else {"ok": False, "error": "unknown_method"}
            sent = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        api = WebApi(url=f"http://127.0.0.1:{server.server_port}/api/")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield api
        finally:
            server.shutdown()
            thread.join()


def command(name: str, text: str, **more: str) -> str:
    """Return the body of a slash command by Dana."""
    fields = {
        "command": name,
        "text": text,
        "team_id": TEAM,
        "channel_id": "C0ACME",
        "channel_name": "acme",
        "user_id": "U0DANA",
        "user_name": "dana",
        "api_app_id": "A0DRUM",
        "trigger_id": "1.2.abc",
        "response_url": "http://127.0.0.1:9/response",
    }
    return urlencode({**fields, **more})


def signed(body: str, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """Return the headers with which Slack sends the body."""
    timestamp = str(int(time.time()))
    signature = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), "sha256").hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={signature}",
    }


@dataclass(frozen=True)
class Reply:
    """What came back over HTTP."""

    status: int
    body: str

    @property
    def json(self) -> dict[str, Any]:
        """Return the body, read as JSON."""
        read: dict[str, Any] = json.loads(self.body)
        return read


def send(
    port: int, method: str, path: str, body: str | bytes = "", headers: Mapping[str, str] | None = None
) -> Reply:
    """Make one HTTP request on this machine."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, dict(headers or {}))
        answer = connection.getresponse()
        return Reply(status=answer.status, body=answer.read().decode())
    finally:
        connection.close()


def send_event(port: int, body: str, headers: Mapping[str, str] | None = None) -> Reply:
    """Deliver a body to the bot, signed unless other headers are given."""
    return send(port, "POST", "/slack/events", body.encode(), headers or signed(body))
