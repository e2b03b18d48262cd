"""The bot as a process of its own beside the demo workspace, started the way that people start it."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import update

from bot.clock import utc_now
from bot.demo.seed import seed
from bot.demo.story import studio_north
from models.database import Database
from models.rules.delivery import MessageState
from models.tables import lanes, outbox_messages
from tests.demo.company import SECRET, TOKEN
from tests.scenarios.company import Company, slack_side

ROOT = Path(__file__).parents[2]
DEADLINE = 30.0
"""Seconds after which something has not happened."""
LOOK_EVERY = 0.02

T = TypeVar("T")


def until(condition: Callable[[], T | None]) -> T:
    """Wait until it holds, and return what it found."""
    deadline, nap = time.monotonic() + DEADLINE, threading.Event()
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never came about"
        nap.wait(LOOK_EVERY)
    return found


@dataclass(frozen=True)
class Bot:
    """A bot that answers."""

    process: subprocess.Popen[str]

    def end(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop, or end it; return its exit code."""
        self.process.send_signal(with_signal)
        self.process.communicate(timeout=DEADLINE)
        return self.process.returncode


def settings(company: Company, database_url: str) -> dict[str, str]:
    """Return all that the bot is told: these five, and where programs are."""
    return {
        "PATH": os.defpath,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{company.served.address}/api/",
        "DATABASE_URL": database_url,
        "PORT": str(company.wire.port),
    }


def drumbeat(command: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    """Start one of the commands."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", command], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[Bot]:
    """Run the bot until the block is left, or it was ended there."""
    process = drumbeat("serve", environment)
    try:
        _wait_until_it_serves(process)
        yield Bot(process)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate(timeout=DEADLINE)


def _wait_until_it_serves(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    logged = []
    for line in process.stderr:
        logged.append(line)
        if json.loads(line)["event"] == "serving":
            return
    msg = f"it ended before it served: {logged}"
    raise AssertionError(msg)


@contextmanager
def neighbours() -> Iterator[Company]:
    """Open the company without its bot."""
    story = studio_north(utc_now())
    with slack_side(story) as (served, wire):
        yield Company(served, story, wire)


def tell_the_story(company: Company, database: Database, database_url: str) -> None:
    """Give the company its projects and risks, all of them announced long ago."""
    seed(database_url, company.story, utc_now())
    with database.write() as session:
        session.execute(update(outbox_messages).values(state=MessageState.SENT, settled_at=utc_now()))


def end_leases(database: Database) -> None:
    """Let go of what a killed process held, as a minute would."""
    with database.write() as session:
        session.execute(update(lanes).values(leased_until=utc_now() - timedelta(minutes=1)))
