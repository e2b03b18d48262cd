"""The web application: Slack's one address, and two for whoever watches the process."""

from time import perf_counter
from urllib.parse import quote

import falcon
from slack_bolt import App, BoltRequest
from structlog import get_logger

from bot.deadline import ANSWER_WITHIN, answering
from bot.health import Readiness
from bot.logs import new_correlation_id
from bot.transports.requests import Headers, Malformed, from_http
from bot.transports.signatures import Refusals, Signatures
from handlers.edge.payloads import NO_ROUTE, ROUTE

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

LONGEST_PATH = 100
"""Letters of an address that is not known to show in the log; a stranger may have written it."""

WebApplication = falcon.App[falcon.Request, falcon.Response]


class SlackEvents:
    """Commands, clicks, modals and events. Nothing is read before Slack's signature proves it."""

    def __init__(self, bolt: App, signatures: Signatures, answer_within: float = ANSWER_WITHIN) -> None:
        """Take the app that answers, and how many seconds its calls of Slack may take together."""
        self._bolt = bolt
        self._signatures = signatures
        self._answer_within = answer_within
        # Bound once: a logger of the module's is put together anew for each line.
        self._log = log.bind()
        self._refusals = Refusals()

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer one delivery; when this returns, what it changed is saved."""
        began = perf_counter()
        new_correlation_id()
        headers: Headers = {name: request.env[key] for name, key in HEADERS.items() if key in request.env}
        body = _body_of(request)
        why = self._signatures.why_unproven(headers, body)
        if why is not None:
            self._refusals.tell(why)
            response.status = falcon.HTTP_401
            return
        asked = _as_bolt_request(body, headers)
        with answering(self._answer_within):
            answer = self._bolt.dispatch(asked)
        response.status = answer.status
        response.text = answer.body
        response.content_type = answer.headers["content-type"][0]
        kind, name = asked.context.get(ROUTE, NO_ROUTE)
        took = round((perf_counter() - began) * 1000, 1)
        self._log.info("answered", kind=kind, name=name, status=answer.status, ms=took)


def _body_of(request: falcon.Request) -> str:
    """Read the body. Raises falcon.HTTPError where it is too long, or no text."""
    length = request.content_length or 0
    if length > LONGEST_BODY:
        raise falcon.HTTPContentTooLarge
    try:
        return str(request.env["wsgi.input"].read(length), "utf-8")
    except UnicodeDecodeError:
        raise falcon.HTTPBadRequest from None


def _as_bolt_request(body: str, headers: Headers) -> BoltRequest:
    """Read what Slack sent. Raises falcon.HTTPError where it is none that Slack would send."""
    try:
        return from_http(body, headers)
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


def web_application(events: SlackEvents | None, readiness: Readiness) -> WebApplication:
    """Return the WSGI application, which takes nothing of Slack's in Socket Mode.

    Addresses that it does not know get a 404.
    """
    application = falcon.App()
    if events is not None:
        application.add_route("/slack/events", events)
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
