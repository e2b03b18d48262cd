"""The demo workspace put together: its state, the Web API, response urls, gestures, and the page."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.demo.api.endpoint import ApiEndpoint
from bot.demo.api.faults import Faults
from bot.demo.api.files import FileMethods, FilePlace
from bot.demo.api.rates import RateLimits
from bot.demo.api.responses import ResponseEndpoint
from bot.demo.api.tokens import Tokens
from bot.demo.api.web_api import WebApi
from bot.demo.outward.dispatch import ACKNOWLEDGE_SECONDS, HttpDispatcher
from bot.demo.outward.events import Events
from bot.demo.outward.payloads import Payloads
from bot.demo.outward.sockets import SocketDispatcher, Sockets
from bot.demo.outward.tickets import TRIGGER_SECONDS, ResponseUrls, Triggers
from bot.demo.people.commands import Commands
from bot.demo.people.gestures import Gestures
from bot.demo.stage import Stage
from bot.demo.state.app_manifest import subscriptions_of, uses_socket_mode
from bot.demo.state.bot_switch import BotSwitch
from bot.demo.state.workspace import Workspace
from bot.demo.story import Story
from bot.demo.time.clock import DemoClock
from bot.demo.time.travels import Travels
from bot.demo.wire.journal import Journal
from bot.demo.wire.taps import InwardTap, OutwardTap
from models.value import Value

Page = Callable[[Stage], Sequence[BaseRoute]]


class Connection(Value, kw_only=True):
    """How this workspace and the bot reach and trust each other.

    ``base_url`` is this server as the bot sees it, ``bot_url`` the bot as this server sees it. ``transport``
    stands in for the network, ``clock`` (seconds since 1970) for the machine's own, and ``pause`` waits
    between two attempts to deliver an event. ``app_token`` is for an app in Socket Mode, which is not called
    there; ``data_place`` is where the bot keeps its data, for whoever wants to look.
    """

    base_url: str
    bot_url: str
    token: str
    signing_secret: str
    clock: Callable[[], float]
    app_token: str = ""
    data_place: str = ""
    acknowledge_seconds: float = ACKNOWLEDGE_SECONDS
    trigger_seconds: float = TRIGGER_SECONDS
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    transport: httpx.AsyncBaseTransport | None = None


class Demo(Value):
    """A demo workspace: what a test looks into, and the application that serves it."""

    workspace: Workspace
    gestures: Gestures
    faults: Faults
    rates: RateLimits
    sockets: Sockets
    events: Events
    files: FileMethods
    journal: Journal
    switch: BotSwitch
    travels: Travels
    app: Starlette


def create_demo(
    story: Story, manifest: Mapping[str, object], connection: Connection, page: Page | None = None
) -> Demo:
    """Put a workspace together; without ``page`` it has no face."""
    clock = connection.clock
    shown = DemoClock(lambda: datetime.fromtimestamp(clock(), UTC))
    workspace = Workspace(story, manifest, shown.seconds)
    triggers, urls = Triggers(clock, connection.trigger_seconds), ResponseUrls(clock, connection.base_url)
    switch = BotSwitch(shown.seconds, workspace.bot_changed)
    journal = Journal(shown.seconds, workspace.exchanged)
    sockets = Sockets(workspace, connection.base_url, clock, journal)
    outward = OutwardTap(connection.transport or httpx.AsyncHTTPTransport(trust_env=False), journal)
    client = httpx.AsyncClient(transport=outward, timeout=None, trust_env=False)  # noqa: S113 - the dispatcher sets one deadline for all.
    seconds = connection.acknowledge_seconds
    dispatcher: HttpDispatcher | SocketDispatcher = (
        SocketDispatcher(sockets, seconds)
        if uses_socket_mode(manifest)
        else HttpDispatcher(
            client, connection.bot_url, connection.signing_secret, clock, seconds, switch.is_restarting
        )
    )
    tokens = Tokens(connection.token, connection.app_token if uses_socket_mode(manifest) else "")
    events = Events(workspace, subscriptions_of(manifest), dispatcher, connection.pause)
    payloads = Payloads(workspace, triggers, urls)
    gestures = Gestures(workspace, dispatcher, payloads, Commands(workspace, dispatcher, payloads))
    web_api = WebApi(workspace, triggers, sockets, FilePlace(connection.base_url, connection.pause))
    api = ApiEndpoint(workspace, web_api, tokens)
    responses = ResponseEndpoint(workspace, urls)

    async def heard() -> int:
        await web_api.files.settled()
        await events.settled()
        return events.told

    travels = Travels(shown, heard, workspace.clock_changed)
    workspace.on_said = travels.note

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with client:
            telling = asyncio.create_task(events.run())
            yield
            telling.cancel()

    routes: list[BaseRoute] = [
        Route("/api/{method}", api.answer, methods=["GET", "POST"]),
        Route("/response/{token}", responses.answer, methods=["POST"]),
        Route("/upload/{ticket}", api.take_file, methods=["POST"]),
        WebSocketRoute("/link/", sockets.serve),
        *(page(Stage(workspace, gestures, journal, switch, travels, connection.data_place)) if page else ()),
    ]
    listening = [Middleware(InwardTap, journal=journal)]
    app = Starlette(routes=routes, middleware=listening, lifespan=lifespan)
    return Demo(
        workspace=workspace,
        gestures=gestures,
        faults=api.faults,
        rates=api.rates,
        sockets=sockets,
        events=events,
        files=web_api.files,
        journal=journal,
        switch=switch,
        travels=travels,
        app=app,
    )
