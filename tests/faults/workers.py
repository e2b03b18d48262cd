"""Processes that plan and deliver as ``serve`` does, without its web server, made to be killed."""

import logging
import multiprocessing
import time
from contextlib import suppress
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess

from pydantic import SecretStr
from slack_sdk import WebClient

from bot.settings import Settings
from bot.slack.messenger import SlackMessenger
from bot.wiring import Application, build
from models.errors import DatabaseBusy
from models.services.outbox.turns import SentMessage
from scheduled.notices import discover
from scheduled.outcomes import Timing
from scheduled.rituals import sorts
from tests.bot.slack_side import SIGNING_SECRET, TOKEN

HURRIED = Timing(
    pace=timedelta(milliseconds=20),
    first_pause=timedelta(milliseconds=200),
    longest_pause=timedelta(seconds=1),
    settles_within=timedelta(seconds=1.2),
    call=timedelta(seconds=0.5),
    lease=timedelta(seconds=3.5),
)
"""The same proportions as in earnest, so that an hour's troubles take seconds."""

PLAN_EVERY = 0.1

_LOADED = (discover(), sorts())
"""What each process would load for itself, once for all of them."""


class Nursery:
    """Makes processes in an instant: they are forked from one that has imported everything already."""

    def __init__(self) -> None:
        """Start nothing yet; what is imported here is imported once."""
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__])

    def start(self, database_url: str, api_url: str, *, naive: bool) -> BaseProcess:
        """Start one that works until it is killed."""
        process = self._context.Process(target=work, args=(database_url, api_url, naive), daemon=True)
        process.start()
        return process


def work(database_url: str, api_url: str, naive: bool) -> None:  # noqa: FBT001 - across processes.
    """Plan and deliver for ever."""
    logging.disable(logging.CRITICAL)
    settings = Settings(
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SIGNING_SECRET),
        slack_api_url=api_url,
        database_url=SecretStr(database_url),
    )
    application = build(settings, timing=HURRIED)
    if naive:
        _make_naive(application, api_url)
    application.jobs.start()
    while True:
        with suppress(DatabaseBusy):
            application.planner.run_once()
        time.sleep(PLAN_EVERY)


def _make_naive(application: Application, api_url: str) -> None:
    """Do as most programs do: the SDK repeats calls by itself, and nobody looks before posting again."""
    messenger = Forgetful(WebClient(TOKEN, api_url, timeout=1))  # type: ignore[arg-type] # It has what is called.
    application.deliverer._messenger_of = lambda _workspace_id: messenger


class Forgetful(SlackMessenger):
    """Believes that what it has no reply to did not happen."""

    def find(
        self,
        channel_id: str,  # noqa: ARG002 - it does not look.
        *,
        key: str,  # noqa: ARG002
        since: datetime,  # noqa: ARG002
        thread: SentMessage | None = None,  # noqa: ARG002
    ) -> SentMessage | None:
        """Find nothing."""
        return None
