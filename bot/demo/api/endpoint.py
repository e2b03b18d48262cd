"""The Web API over HTTP: authentication, argument formats, rate limits, and troubles on demand."""

import logging
from asyncio import Transport

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.demo.api.arguments import Arguments, json_object
from bot.demo.api.faults import Fault, FaultKind, Faults
from bot.demo.api.rates import RateLimits
from bot.demo.api.tokens import Tokens
from bot.demo.api.web_api import WebApi
from bot.demo.errors import Code, MissingScope, SlackError
from bot.demo.state.workspace import Workspace
from bot.demo.values import JsonObject

_log = logging.getLogger(__name__)
_MISTAKES = {
    Code.UNKNOWN_METHOD,
    Code.MISSING_SCOPE,
    Code.INVALID_ARGUMENTS,
    Code.INVALID_JSON,
    Code.INVALID_BLOCKS,
    Code.INVALID_BLOCKS_FORMAT,
    Code.NO_TEXT,
    Code.MSG_TOO_LONG,
    Code.MSG_BLOCKS_TOO_LONG,
    Code.VIEW_TOO_LARGE,
}

_DONE_ALL_THE_SAME = frozenset({FaultKind.LOST_REPLY, FaultKind.NO_REPLY})


class ApiEndpoint:
    """Answers ``/api/{method}``, and takes files."""

    def __init__(self, workspace: Workspace, api: WebApi, tokens: Tokens) -> None:
        """Take the state, the methods, and the tokens that are let in."""
        self.faults = Faults()
        self.rates = RateLimits(workspace.clock)
        self._workspace = workspace
        self._api = api
        self._tokens = tokens

    async def answer(self, request: Request) -> Response:
        """Answer one call; Slack refuses with status 200 and ``"ok": false``."""
        method = request.path_params["method"]
        fault = self.faults.take(method)
        if fault is not None and fault.kind not in _DONE_ALL_THE_SAME:
            return await _trouble(request, fault)
        try:
            values = await _values(request)
            wait = self._authenticated_wait(request, method, values)
            if wait:
                return _rate_limited(wait)
            answer = self._api.call(method, Arguments(values))
        except SlackError as error:
            self._say_refused(method, error)
            return self._answer(self._refusal(error))
        if fault is not None:
            await _say_nothing(request, fault)
        return self._answer({"ok": True, **answer})

    async def take_file(self, request: Request) -> Response:
        """Take a file's bytes, which come without a token; "upload" is what its troubles go by."""
        fault = self.faults.take("upload")
        if fault is not None and fault.kind not in _DONE_ALL_THE_SAME:
            return await _trouble(request, fault)
        response = await self._api.files.take(request)
        if fault is not None:
            await _say_nothing(request, fault)
        return response

    def _say_refused(self, method: str, error: SlackError) -> None:
        """Log the refusal; what only a mistake in the bot can cause is also shown on every page."""
        _log.warning("The bot's call of %s is refused: %s", method, error)
        if error.code in _MISTAKES:
            self._workspace.notice(f"The bot's call of {method} is refused: {error}")

    def _authenticated_wait(self, request: Request, method: str, values: JsonObject) -> int:
        """Let only the bot in, and only to what there is; return the seconds it has to wait, if any."""
        if not self._api.knows(method):
            raise SlackError(Code.UNKNOWN_METHOD)
        self._tokens.check(method, request.headers.get("authorization", ""), values.get("token"))
        channel = str(values.get("channel", ""))
        return self.rates.wait_before(method, channel, self._api.a_minute(method))

    def _refusal(self, error: SlackError) -> JsonObject:
        refusal: JsonObject = {"ok": False, "error": str(error.code)}
        if isinstance(error, MissingScope):
            return refusal | {"needed": error.needed, "provided": self._scopes()}
        if error.faults:
            messages = [f"[ERROR] {fault}" for fault in error.faults]
            refusal |= {"errors": list(error.faults), "response_metadata": {"messages": messages}}
        return refusal

    def _answer(self, content: JsonObject) -> Response:
        return JSONResponse(content, headers={"x-oauth-scopes": self._scopes()})

    def _scopes(self) -> str:
        return ",".join(sorted(self._workspace.app.scopes))


async def _values(request: Request) -> JsonObject:
    values: JsonObject = dict(request.query_params)
    if request.method == "POST":
        if request.headers.get("content-type", "").startswith("application/json"):
            body = await request.body()
            values |= json_object(body)
        else:
            values |= {name: str(value) for name, value in (await request.form()).items()}
    return values


async def _trouble(request: Request, fault: Fault) -> Response:
    if fault.kind is FaultKind.RATE_LIMITED:
        return _rate_limited(fault.retry_after)
    if fault.kind is FaultKind.TIMEOUT:
        await request.body()
        await _until_hung_up(request)
    return Response("Internal Server Error", 500)


def _rate_limited(seconds: int) -> Response:
    headers = {"Retry-After": str(seconds)}
    return JSONResponse({"ok": False, "error": str(Code.RATELIMITED)}, 429, headers)


async def _say_nothing(request: Request, fault: Fault) -> None:
    """Leave the caller without a word, so that they cannot know what became of the call."""
    transport: Transport = request.state.transport
    if fault.kind is FaultKind.LOST_REPLY:
        transport.abort()
    await _until_hung_up(request)


async def _until_hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
