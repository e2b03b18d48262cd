"""The page's addresses: the page, its fragments, its events, and what a person does on it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.demo.page.reader import Reader
from bot.demo.page.render import Renderer, Seat, home_of
from bot.demo.people.gestures import Gestures, MessageSource, Outcome, ViewSource
from bot.demo.state.workspace import Subscription, Workspace
from bot.demo.values import Change, RawValue, RawValues

_STATIC = Path(__file__).parent / "static"
_HEADERS = {
    "Cache-Control": "no-store",
    # Whatever a message holds, the browser runs and loads nothing that this process does not serve.
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class _Gesture(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Say(_Gesture):
    """A person sends what they typed."""

    conversation_id: str
    text: str
    thread_ts: str | None = None


class Click(_Gesture):
    """A person clicks in a message (conversation and ``ts``) or in a modal (view)."""

    block_id: str
    action_id: str
    conversation_id: str = ""
    ts: str = ""
    view_id: str = ""
    raw: RawValue = None
    values: RawValues | None = None


class Submit(_Gesture):
    """A person submits a modal."""

    view_id: str
    values: RawValues


class Close(_Gesture):
    """A person closes a modal."""

    view_id: str


GestureT = TypeVar("GestureT", bound=_Gesture)


class _FreshFiles(StaticFiles):
    """Static files that the browser asks about each time, so that an upgrade shows at once."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type] # passed on as they come
        response.headers["Cache-Control"] = "no-cache"
        return response


class Page:
    """Answers the browser from the workspace, and hands its gestures on."""

    def __init__(self, workspace: Workspace, gestures: Gestures) -> None:
        """Keep what every answer needs."""
        self._workspace = workspace
        self._gestures = gestures
        self._renderer = Renderer()

    async def home(self, _: Request) -> Response:
        """Lead a newcomer to the first person's first channel."""
        return self._to_home(self._reader_of(self._workspace.people[0].id))

    async def page(self, request: Request) -> Response:
        """Show a conversation; one the person is not in leads to one they are in."""
        reader = self._reader(request)
        seat = self._seat(request, reader)
        if seat is None:
            return self._to_home(reader)
        self._workspace.mark_read(reader.person.id, seat.conversation.id)
        return _html(self._renderer.page(seat, request.query_params.get("thread")))

    async def sidebar(self, request: Request) -> Response:
        """Show the sidebar anew."""
        return _html(self._renderer.sidebar(self._known_seat(request)))

    async def timeline(self, request: Request) -> Response:
        """Show the messages anew, which reads them."""
        seat = self._known_seat(request)
        self._workspace.mark_read(seat.reader.person.id, seat.conversation.id)
        return _html(self._renderer.timeline(seat))

    async def thread(self, request: Request) -> Response:
        """Show a thread anew."""
        return _html(self._renderer.thread(self._known_seat(request), request.path_params["ts"]))

    async def views(self, request: Request) -> Response:
        """Show the open modals anew."""
        return _html(self._renderer.views(self._reader(request)))

    async def events(self, request: Request) -> Response:
        """Tell the page of each change as it happens."""
        subscription = self._workspace.subscribe(self._reader(request).person.id)
        return StreamingResponse(_stream(subscription), media_type="text/event-stream", headers=_HEADERS)

    async def say(self, request: Request) -> Response:
        """Send a message or run a command."""
        said = await _asked(request, Say)
        user_id = self._reader(request).person.id
        return _answer(await self._gestures.say(user_id, said.conversation_id, said.text, said.thread_ts))

    async def click(self, request: Request) -> Response:
        """Click a button, or choose in an element that tells the bot at once."""
        asked = await _asked(request, Click)
        source: MessageSource | ViewSource = MessageSource(asked.conversation_id, asked.ts)
        if asked.view_id:
            source = ViewSource(asked.view_id)
        user_id = self._reader(request).person.id
        return _answer(
            await self._gestures.click(
                user_id, source, asked.block_id, asked.action_id, asked.raw, asked.values
            )
        )

    async def submit(self, request: Request) -> Response:
        """Submit a modal."""
        asked = await _asked(request, Submit)
        user_id = self._reader(request).person.id
        return _answer(await self._gestures.submit(user_id, asked.view_id, asked.values))

    async def close(self, request: Request) -> Response:
        """Close a modal."""
        asked = await _asked(request, Close)
        return _answer(await self._gestures.close(self._reader(request).person.id, asked.view_id))

    def _reader(self, request: Request) -> Reader:
        return self._reader_of(request.path_params["user_id"])

    def _reader_of(self, user_id: str) -> Reader:
        person = next((person for person in self._workspace.people if person.id == user_id), None)
        if person is None:
            raise HTTPException(404, "Nobody here has this id.")
        return Reader(person, self._workspace, datetime.fromtimestamp(self._workspace.clock(), UTC))

    def _seat(self, request: Request, reader: Reader) -> Seat | None:
        wanted = request.path_params["conversation_id"]
        theirs = self._workspace.conversations_of(reader.person.id)
        return next((Seat(reader, found) for found in theirs if found.id == wanted), None)

    def _known_seat(self, request: Request) -> Seat:
        seat = self._seat(request, self._reader(request))
        if seat is None:
            raise HTTPException(404, "This person is not in such a conversation.")
        return seat

    def _to_home(self, reader: Reader) -> Response:
        return RedirectResponse(f"/client/{Seat(reader, home_of(reader)).path}", headers=_HEADERS)


def routes(workspace: Workspace, gestures: Gestures) -> list[BaseRoute]:
    """Return the page's routes."""
    page = Page(workspace, gestures)
    seat = "{user_id}/{conversation_id}"
    reads: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/": page.home,
        f"/client/{seat}": page.page,
        f"/fragments/{seat}/sidebar": page.sidebar,
        f"/fragments/{seat}/timeline": page.timeline,
        f"/fragments/{seat}/thread/{{ts}}": page.thread,
        "/fragments/{user_id}/views": page.views,
        "/events/{user_id}": page.events,
    }
    does = {"say": page.say, "click": page.click, "submit": page.submit, "close": page.close}
    return [
        *(Route(path, endpoint) for path, endpoint in reads.items()),
        *(
            Route(f"/gestures/{{user_id}}/{name}", endpoint, methods=["POST"])
            for name, endpoint in does.items()
        ),
        Mount("/static", _FreshFiles(directory=_STATIC)),
    ]


async def _asked(request: Request, model: type[GestureT]) -> GestureT:
    # A page of another origin can post a form here, but no JSON without asking first.
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415, "Gestures come as JSON.")
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as error:
        raise HTTPException(400, str(error)) from error


async def _stream(subscription: Subscription) -> AsyncIterator[str]:
    # A page that lost its connection asks again after a second.
    yield "retry: 1000\n\n"
    async for change in subscription:
        yield f"data: {json.dumps(_told(change))}\n\n"


def _told(change: Change) -> dict[str, str | None]:
    return {
        "kind": change.kind,
        "conversation_id": change.conversation_id,
        "ts": change.ts,
        "text": change.text,
    }


def _html(text: str) -> Response:
    return HTMLResponse(text, headers=_HEADERS)


def _answer(outcome: Outcome) -> Response:
    return JSONResponse({"ok": outcome.ok, "error": outcome.error})
