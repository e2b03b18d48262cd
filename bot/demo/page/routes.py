"""The page's addresses: the page, its fragments, its events."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.demo.page.actions import Actions
from bot.demo.page.answers import HEADERS, html, reader_of
from bot.demo.page.app_tabs import OPENING, Tab, tab_of
from bot.demo.page.bot_state import BotState
from bot.demo.page.clock import ClockRoutes
from bot.demo.page.files import FileRoutes
from bot.demo.page.panel import Panel
from bot.demo.page.reader import Reader
from bot.demo.page.render import Renderer, home_of
from bot.demo.page.seat import Seat
from bot.demo.page.suggestions import SuggestionRoutes
from bot.demo.stage import Stage
from bot.demo.state.subscriptions import Subscription
from bot.demo.values import Change

_STATIC = Path(__file__).parent / "static"


class _FreshFiles(StaticFiles):
    """Static files that the browser asks about each time, so that an upgrade shows at once."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type] # passed on as they come
        response.headers["Cache-Control"] = "no-cache"
        return response


class Page:
    """Answers the browser from the workspace."""

    def __init__(self, stage: Stage, renderer: Renderer) -> None:
        """Keep what every answer needs."""
        self._workspace, self._gestures = stage.workspace, stage.gestures
        self._renderer = renderer

    async def home(self, _: Request) -> Response:
        """Lead a newcomer to the first person's first channel."""
        first = reader_of(self._workspace.people[0].id, self._workspace)
        return RedirectResponse(f"/client/{Seat(first, home_of(first)).path}?welcome", headers=HEADERS)

    async def page(self, request: Request) -> Response:
        """Show a conversation; one the person is not in leads to one they are in."""
        reader = self._reader(request)
        seat = self._seat(request, reader)
        if seat is None:
            return self._to_home(reader)
        await self._gestures.close_all(reader.person.id)
        tab = tab_of(seat, request.query_params.get("tab"))
        if tab in (None, Tab.MESSAGES):
            self._workspace.mark_read(reader.person.id, seat.conversation.id)
        if tab in OPENING:
            self._gestures.open_app(reader.person.id, tab)
        return html(self._renderer.page(seat, request.query_params.get("thread"), tab))

    async def sidebar(self, request: Request) -> Response:
        """Show the sidebar anew."""
        seat = self._known_seat(request)
        return html(self._renderer.sidebar(seat, tab_of(seat, request.query_params.get("tab"))))

    async def channel(self, request: Request) -> Response:
        """Show anew what the conversation is called, and who is in it."""
        return html(self._renderer.channel(self._known_seat(request)))

    async def timeline(self, request: Request) -> Response:
        """Show the messages anew, which reads them."""
        seat = self._known_seat(request)
        self._workspace.mark_read(seat.reader.person.id, seat.conversation.id)
        return html(self._renderer.timeline(seat))

    async def thread(self, request: Request) -> Response:
        """Show a thread anew."""
        return html(self._renderer.thread(self._known_seat(request), request.path_params["ts"]))

    async def views(self, request: Request) -> Response:
        """Show the open modals anew."""
        return html(self._renderer.views(self._reader(request)))

    async def app_home(self, request: Request) -> Response:
        """Show anew what the app published in the person's Home."""
        return html(self._renderer.part("app_home.html", reader=self._reader(request)))

    async def events(self, request: Request) -> Response:
        """Tell the page of each change as it happens."""
        subscription = self._workspace.subscribe(self._reader(request).person.id)
        return StreamingResponse(_stream(subscription), media_type="text/event-stream", headers=HEADERS)

    def _reader(self, request: Request) -> Reader:
        return reader_of(request.path_params["user_id"], self._workspace)

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
        return RedirectResponse(f"/client/{Seat(reader, home_of(reader)).path}", headers=HEADERS)


def routes(stage: Stage) -> list[BaseRoute]:
    """Return the page's routes."""
    renderer = Renderer(stage.switch, stage.travels, stage.data_place)
    page = Page(stage, renderer)
    seat = "{user_id}/{conversation_id}"
    reads: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/": page.home,
        f"/client/{seat}": page.page,
        f"/fragments/{seat}/sidebar": page.sidebar,
        f"/fragments/{seat}/channel": page.channel,
        f"/fragments/{seat}/timeline": page.timeline,
        f"/fragments/{seat}/thread/{{ts}}": page.thread,
        "/fragments/{user_id}/views": page.views,
        "/fragments/{user_id}/home": page.app_home,
        "/events/{user_id}": page.events,
    }
    return [
        *(Route(path, endpoint) for path, endpoint in reads.items()),
        *Actions(stage).routes(),
        *SuggestionRoutes(stage.gestures.suggestions).routes(),
        *FileRoutes(stage.workspace).routes(),
        *Panel(stage, renderer).routes(),
        *BotState(stage, renderer).routes(),
        *ClockRoutes(stage, renderer).routes(),
        Mount("/static", _FreshFiles(directory=_STATIC)),
    ]


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
