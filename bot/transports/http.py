"""The web application: Slack's one address, and two for whoever watches the process."""

from time import perf_counter

import falcon
from slack_bolt import App, BoltRequest
from structlog import get_logger

from bot.deadline import ANSWER_WITHIN, answering
from bot.health import Readiness
from bot.logs import new_correlation_id
from bot.transports.requests import Malformed, from_form

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


WebApplication = falcon.App[falcon.Request, falcon.Response]


class SlackEvents:
    """Commands, clicks and modals. Bolt checks Slack's signature before it looks at anything."""

    def __init__(self, bolt: App, answer_within: float) -> None:
        """Take the app that answers, and how many seconds its calls of Slack may take together."""
        self._bolt = bolt
        self._answer_within = answer_within
        # Bound once: a logger of the module's is put together anew for each line.
        self._log = log.bind()

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer one delivery; when this returns, what it changed is saved."""
        began = perf_counter()
        new_correlation_id()
        with answering(self._answer_within):
            answer = self._bolt.dispatch(_as_bolt_request(request))
        response.status = answer.status
        response.text = answer.body
        response.content_type = answer.headers["content-type"][0]
        self._log.info("answered", status=answer.status, ms=round((perf_counter() - began) * 1000, 1))


def _as_bolt_request(request: falcon.Request) -> BoltRequest:
    """Read the body. Raises falcon.HTTPError where it is too long, or none that Slack would send."""
    length = request.content_length or 0
    if length > LONGEST_BODY:
        raise falcon.HTTPContentTooLarge
    environ = request.env
    try:
        body = environ["wsgi.input"].read(length).decode()
    except UnicodeDecodeError:
        raise falcon.HTTPBadRequest from None
    headers = {name: environ[key] for name, key in HEADERS.items() if key in environ}
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
    return application


_Parameters = dict[str, object]


def _broken(
    request: falcon.Request, response: falcon.Response, error: Exception, _parameters: _Parameters
) -> None:
    """Log what nothing else caught, and tell the caller no more than that it happened."""
    log.error("request_failed", path=request.path, exc_info=error)
    response.status = falcon.HTTP_500
    response.media = {"title": "500 Internal Server Error"}
