"""The addresses at which the bot listens, and Slack reaches it: tried from here, as far as that can tell."""

import json
from collections.abc import Generator
from errno import EADDRINUSE
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ssl import SSLCertVerificationError, create_default_context
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.doctor.findings import Finding, Subject, ok, problem, warning
from bot.server import listen, why_not
from bot.slack.client import is_this_machine
from bot.slack.manifest import EVENTS_PATH
from bot.slack.silence import why_silent

SECONDS = 5.0
FOUND = 200
REDIRECTS = range(300, 400)
ENOUGH = 1000
"""Bytes of the answer to read; ours is shorter."""


class Answer(NamedTuple):
    """What stands behind the address."""

    status: int
    is_ours: bool


def examine_listening(host: str, port: int) -> Generator[Finding, None, bool]:
    """Look whether the bot can listen where it is to; tell whether it already does."""
    try:
        listen(host, port).close()
        yield ok(Subject.LISTENING, f"{host}:{port} is free for the bot")
    except OSError as error:
        if error.errno == EADDRINUSE and _is_running(host, port):
            yield ok(Subject.LISTENING, f"the bot runs at {host}:{port}")
            return True
        yield problem(Subject.LISTENING, *why_not(host, port, error))
    return False


def _is_running(host: str, port: int) -> bool:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - it is compared, not listened on.
    try:
        return _ask(f"http://[{here}]:{port}/" if ":" in here else f"http://{here}:{port}/").is_ours
    except (OSError, HTTPException, ValueError):
        return False


def examine_address(public_url: str, *, is_slack: bool) -> Generator[Finding, None, None]:
    """Ask the bot for a sign of life by the address that Slack uses, or what stands in for it."""
    if not public_url:
        yield warning(
            Subject.ADDRESS,
            "PUBLIC_URL is not set here, so nobody can tell whether Slack reaches the bot",
            "Set it to the address in the app's manifest and run this again",
        )
        return
    if not public_url.startswith("https://") and not is_this_machine(public_url):
        yield problem(
            Subject.ADDRESS,
            f"{public_url} is not https, and Slack sends to nothing else",
            "Put TLS in front: docs/install.md",
        )
        return
    if is_slack and is_this_machine(public_url):
        yield problem(
            Subject.ADDRESS,
            f"{public_url} is an address of this machine alone, and Slack reaches it from outside",
            "Set PUBLIC_URL to the address in the app's manifest; without one: Socket Mode, docs/install.md",
        )
        return
    try:
        answer = _ask(public_url)
    except SSLCertVerificationError:
        yield problem(
            Subject.ADDRESS,
            f"the certificate of {public_url} is not valid",
            "Renew it, and serve the whole chain",
        )
    except (OSError, HTTPException, ValueError) as error:
        yield warning(
            Subject.ADDRESS,
            f"{public_url} does not answer from here ({why_silent(error)})",
            "Start the bot and its proxy; if both run, try the address from another network",
        )
    else:
        yield _judged(public_url, answer)


def _judged(public_url: str, answer: Answer) -> Finding:
    if answer.is_ours:
        return ok(Subject.ADDRESS, f"the bot answers at {public_url}")
    if answer.status in REDIRECTS:
        return problem(
            Subject.ADDRESS,
            f"{public_url} redirects ({answer.status}), which Slack does not follow",
            "Make the manifest with the address that it leads to",
        )
    return problem(
        Subject.ADDRESS,
        f"something else than the bot answers at {public_url} (HTTP {answer.status})",
        f"Let the proxy pass {EVENTS_PATH} and /healthz to the bot's HOST and PORT",
    )


def _ask(public_url: str) -> Answer:
    """Make one request. Raises OSError, HTTPException, ValueError."""
    parts = urlsplit(public_url)
    host, port = parts.hostname or "", parts.port
    connection = (
        HTTPSConnection(host, port, timeout=SECONDS, context=create_default_context())
        if parts.scheme == "https"
        else HTTPConnection(host, port, timeout=SECONDS)
    )
    try:
        connection.request("GET", parts.path.rstrip("/") + "/healthz")
        response = connection.getresponse()
        body = response.read(ENOUGH)
    finally:
        connection.close()
    return Answer(response.status, response.status == FOUND and _is_ours(body))


def _is_ours(body: bytes) -> bool:
    try:
        return bool(json.loads(body) == {"status": "ok"})
    except ValueError:
        return False
