"""Studio North for tests: the real bot and database beside the demo workspace, and hands to use them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.demo.seed import seed
from bot.demo.server import Page
from bot.demo.state.snapshot import restore, save
from bot.demo.story import studio_north
from bot.server import HttpServer
from bot.settings import Settings
from bot.wiring import Application, build
from tests.conftest import SetClock
from tests.demo.company import APP_TOKEN, SECRET, TOKEN
from tests.scenarios.company import PATIENCE, Company, Transport, slack_side
from tests.scenarios.wire import Wire

PACE = timedelta(seconds=2)
"""More than the time between two messages in one channel."""


@dataclass(frozen=True)
class Studio(Company):
    """The company with its bot in this process; it sends when it is told to, by a clock that tests move."""

    application: Application
    clock: SetClock

    def deliver(self) -> None:
        """Let the bot hear what happened, and send all that is due, and what is due a moment later."""
        super().deliver()
        for _ in range(50):
            self.clock.forward(PACE)
            if not self.application.deliverer.run_once():
                self.application.afterwards.catch_up()
                super().deliver()
                return
        msg = "the outbox never came to rest"
        raise AssertionError(msg)


@dataclass(frozen=True)
class Morning:
    """What the first visitor of a day finds: a seeded database, and all that the bot had to say is said.

    Writing that takes longer than most scenarios, so it happens once, and each scenario opens a copy.
    """

    database_url: str
    said: Path
    now: datetime


def prepare_morning(database_url: str, clock: SetClock, said: Path) -> Morning:
    """Seed the migrated, empty database, and let the bot announce what is in it."""
    seed(database_url, studio_north(clock()), clock())
    with _opened(database_url, clock) as company:
        company.deliver()
        save(company.served.demo.workspace, said)
    return Morning(database_url, said, clock())


@contextmanager
def studio(
    morning: Morning,
    database_url: str,
    clock: SetClock,
    page: Page | None = None,
    transport: Transport = Transport.HTTP,
    answer_within: float = PATIENCE,
) -> Iterator[Studio]:
    """Open the company on a copy of its morning, with its bot answering; without ``page`` it has no face."""
    clock.now = morning.now
    with _opened(database_url, clock, page, transport, answer_within) as company:
        assert restore(company.served.demo.workspace, morning.said)
        yield company


@contextmanager
def _opened(
    database_url: str,
    clock: SetClock,
    page: Page | None = None,
    transport: Transport = Transport.HTTP,
    answer_within: float = PATIENCE,
) -> Iterator[Studio]:
    story = studio_north(clock())
    with slack_side(story, page, transport) as (served, wire):
        application = build(
            _settings(database_url, served.address, transport), clock=clock, answer_within=answer_within
        )
        application.prepare()
        try:
            with _answering(application, wire):
                yield Studio(served, story, wire, application, clock)
        finally:
            application.stop()


@contextmanager
def _answering(application: Application, wire: Wire) -> Iterator[None]:
    """Let the bot answer, without the threads that would deliver by themselves."""
    if application.sockets is not None:
        application.sockets.start()
        yield
        return
    server = HttpServer(application.wsgi, "127.0.0.1", wire.port, threads=4)
    thread = threading.Thread(target=server.serve, name="bot")
    thread.start()
    try:
        yield
    finally:
        server.stop()
        thread.join(10)


def _settings(database_url: str, address: str, transport: Transport) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        slack_app_token=SecretStr(APP_TOKEN) if transport is Transport.SOCKET else None,
        slack_api_url=f"{address}/api/",
        database_url=SecretStr(database_url),
    )
