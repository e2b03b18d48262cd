"""The web application: Slack's one address, and two for whoever watches the process."""

from collections.abc import Sequence
from time import perf_counter
from urllib.parse import quote

import falcon
from slack_bolt import App, BoltRequest
from structlog import get_logger

from bot.clock import utc_now
from bot.deadline import ANSWER_WITHIN, answering
from bot.health import Readiness
from bot.logs import new_correlation_id
from bot.transports.requests import Malformed, from_form
from bot.transports.signatures import Refusals, Unproven, is_signed, why_refused

log = get_logger(__name__)

LONGEST_BODY = 1024 * 1024
"""Bytes of a request. Slack's largest, a modal of 250 KB, is well below it even when percent-encoded."""

HEADERS = {
    "content-type": "CONTENT_TYPE",
    "x-slack-signature": "HTTP_X_SLACK_SIGNATURE",
    "x-slack-request-timestamp": "HTTP_X_SLACK_REQUEST_TIMESTAMP",
    "x-slack-retry-num": "HTTP_X_SLACK_RETRY_NUM",
}
"""The headers Bolt gets. Those with which Bolt's own processes talk to each other stay outside."""

UNPROVEN = 401
"""What Bolt answers where the signature is not Slack's."""
LONGEST_PATH = 100
"""Letters of an address that is not known to show in the log; a stranger may have written it."""

Headers = dict[str, str | Sequence[str]]
WebApplication = falcon.App[falcon.Request, falcon.Response]


class SlackEvents:
    """Commands, clicks and modals. Bolt checks Slack's signature before it looks at anything."""

    def __init__(self, bolt: App, answer_within: float) -> None:
        """Take the app that answers, and how many seconds its calls of Slack may take together."""
        self._bolt = bolt
        self._answer_within = answer_within
        # Bound once: a logger of the module's is put together anew for each line.
        self._log = log.bind()
        self._refusals = Refusals()

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer one delivery; when this returns, what it changed is saved."""
        began = perf_counter()
        new_correlation_id()
        headers: Headers = {name: request.env[key] for name, key in HEADERS.items() if key in request.env}
        if not is_signed(headers):
            self._refusals.tell(Unproven.UNSIGNED)
            response.status = falcon.HTTP_401
            return
        with answering(self._answer_within):
            answer = self._bolt.dispatch(_as_bolt_request(request, headers))
        response.status = answer.status
        response.text = answer.body
        response.content_type = answer.headers["content-type"][0]
        if answer.status == UNPROVEN:
            self._refusals.tell(why_refused(headers, utc_now().timestamp()))
            return
        self._log.info("answered", status=answer.status, ms=round((perf_counter() - began) * 1000, 1))


def _as_bolt_request(request: falcon.Request, headers: Headers) -> BoltRequest:
    """Read the body. Raises falcon.HTTPError where it is too long, or none that Slack would send."""
    length = request.content_length or 0
    if length > LONGEST_BODY:
        raise falcon.HTTPContentTooLarge
    try:
        body = request.env["wsgi.input"].read(length).decode()
    except UnicodeDecodeError:
        raise falcon.HTTPBadRequest from None
    try:
        return from_form(body, headers)
    except Malformed:
        raise falcon.HTTPBadRequest from None


class Alive:
    """Says that the process answers, and nothing else."""

    def on_get(self, _request: falcon.Request, response: falcon.Response) -> None:
        """Answer at once, without looking at anything."""
        response.media = {"status": "ok"}


class Ready:
    """Says whether the process can do its work, and what stands in the way."""

    def __init__(self, readiness: Readiness) -> None:
        """Take the checks."""
        self._readiness = readiness

    def on_get(self, _request: falcon.Request, response: falcon.Response) -> None:
        """Answer 200 when all is well, otherwise 503."""
        health = self._readiness.look()
        response.status = falcon.HTTP_200 if health.is_ready else falcon.HTTP_503
        response.media = {
            "status": "ready" if health.is_ready else "not ready",
            "checks": {name: finding or "ok" for name, finding in health.findings.items()},
        }


def web_application(
    bolt: App | None, readiness: Readiness, answer_within: float = ANSWER_WITHIN
) -> WebApplication:
    """Return the WSGI application, without an app that answers over HTTP in Socket Mode.

    Addresses that it does not know get a 404.
    """
    application = falcon.App()
    if bolt is not None:
        application.add_route("/slack/events", SlackEvents(bolt, answer_within))
    application.add_route("/healthz", Alive())
    application.add_route("/readyz", Ready(readiness))
    application.add_error_handler(Exception, _broken)
    application.add_error_handler(falcon.HTTPError, _refused)
    return application


_Parameters = dict[str, object]


def _refused(
    request: falcon.Request, _response: falcon.Response, error: falcon.HTTPError, _parameters: _Parameters
) -> None:
    """Log that a request was none to answer, a proxy's that passes another path on for instance."""
    log.info("refused", status=error.status_code, path=quote(request.path)[:LONGEST_PATH])
    raise error


def _broken(
    request: falcon.Request, response: falcon.Response, error: Exception, _parameters: _Parameters
) -> None:
    """Log what nothing else caught, and tell the caller no more than that it happened."""
    log.error("request_failed", path=request.path, exc_info=error)
    response.status = falcon.HTTP_500
    response.media = {"title": "500 Internal Server Error"}
