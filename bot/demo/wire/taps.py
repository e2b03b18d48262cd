"""Where the journal listens: on what Slack sends over HTTP, and on what the bot calls."""

import asyncio

import httpx
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.demo.wire.journal import Begun, Half, Journal, Way, headers
from bot.demo.wire.legible import legible, parsed, without_secrets
from bot.demo.wire.naming import Named, Sort, called, replied, told

_OK = range(200, 300)
_API, _RESPONSE, _UPLOAD = "/api/", "/response/", "/upload/"


class OutwardTap(httpx.AsyncBaseTransport):
    """Sends requests on, and writes down each with its answer."""

    def __init__(self, transport: httpx.AsyncBaseTransport, journal: Journal) -> None:
        """Take what really sends."""
        self._transport, self._journal = transport, journal

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        begun = self._journal.begin()
        try:
            response = await self._transport.handle_async_request(request)
            await response.aread()
        except asyncio.CancelledError:
            self._write(begun, request, None, "no answer in time")
            raise
        except httpx.HTTPError:
            self._write(begun, request, None, "not reached")
            raise
        self._write(begun, request, response, str(response.status_code))
        return response

    async def aclose(self) -> None:
        """Close what really sends."""
        await self._transport.aclose()

    def _write(
        self, begun: Begun, request: httpx.Request, response: httpx.Response | None, status: str
    ) -> None:
        kind = request.headers.get("content-type", "")
        asked = Half(
            f"{request.method} {request.url.path}",
            _told_headers(request.headers.multi_items()),
            legible(kind, request.content),
        )
        answer = None
        if response is not None:
            answer = Half(
                f"{response.status_code} {response.reason_phrase}".strip(),
                _told_headers(response.headers.multi_items()),
                legible(response.headers.get("content-type", ""), response.content),
            )
        self._journal.end(
            begun,
            Way.TO_BOT,
            told(parsed(kind, request.content)),
            status=status,
            is_ok=response is not None and response.status_code in _OK,
            request=asked,
            answer=answer,
        )


class InwardTap:
    """Lets all requests through, and writes down the bot's: calls, files and answers to response urls."""

    def __init__(self, app: ASGIApp, journal: Journal) -> None:
        """Take what answers."""
        self._app, self._journal = app, journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith((_API, _RESPONSE, _UPLOAD)):
            await self._app(scope, receive, send)
            return
        heard = _Heard(scope, self._journal)
        try:
            await self._app(scope, heard.receiving(receive), heard.sending(send))
        finally:
            heard.write()


class _Heard:
    """One request of the bot's, while it is answered."""

    def __init__(self, scope: Scope, journal: Journal) -> None:
        self._scope, self._journal = scope, journal
        self._begun: Begun | None = journal.begin()
        self._asked, self._answered = bytearray(), bytearray()
        self._start: Message | None = None

    def receiving(self, receive: Receive) -> Receive:
        async def received() -> Message:
            message = await receive()
            self._asked += message.get("body", b"")
            return message

        return received

    def sending(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._start = message
            self._answered += message.get("body", b"")
            if message["type"] == "http.response.body" and not message.get("more_body"):
                # Whoever has the whole answer also finds it in the journal.
                self.write()
            await send(message)

        return sent

    def write(self) -> None:
        """Write it down, unless that is done."""
        begun, self._begun = self._begun, None
        if begun is None:
            return
        asked, path = Headers(scope=self._scope), self._scope["path"]
        kind = asked.get("content-type", "")
        content = parsed(kind, bytes(self._asked)) if self._asked else _query(self._scope)
        status, is_ok, answer = self._outcome()
        body = legible(kind, bytes(self._asked)) if self._asked else self._scope["query_string"].decode()
        request = Half(
            without_secrets(f"{self._scope['method']} {path}"),
            _told_headers(asked.items()),
            without_secrets(body),
        )
        self._journal.end(
            begun,
            Way.TO_SLACK,
            _named(path, content),
            status=status,
            is_ok=is_ok,
            request=request,
            answer=answer,
        )

    def _outcome(self) -> tuple[str, bool, Half | None]:
        """Return the status in a word, Slack's own code where it refuses, and the answer."""
        if self._start is None:
            return "no answer", False, None
        given, number = Headers(raw=self._start["headers"]), self._start["status"]
        kind, body = given.get("content-type", ""), bytes(self._answered)
        content = parsed(kind, body)
        refusal = str(content.get("error", "")) if isinstance(content, dict) else ""
        answer = Half(str(number), _told_headers(given.items()), legible(kind, body))
        return refusal or str(number), number in _OK and not refusal, answer


def _named(path: str, content: object) -> Named:
    if path.startswith(_UPLOAD):
        return Named(Sort.CALL, "upload")
    return called(path.removeprefix(_API), content) if path.startswith(_API) else replied(content)


def _query(scope: Scope) -> object:
    return parsed("application/x-www-form-urlencoded", scope["query_string"])


def _told_headers(pairs: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return headers((name, without_secrets(value)) for name, value in pairs)
