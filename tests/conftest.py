"""What every test may use. Sockets reach this machine only, in random order: see pyproject.toml."""

import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import structlog

pytest_plugins = ["tests.databases", "tests.scenarios.mornings", "tests.standstill"]


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        """Take the instant at which it stands."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the instant, as the program's clock does."""
        return self.now

    def forward(self, by: timedelta) -> datetime:
        """Move on and return the new instant."""
        self.now += by
        return self.now


NINE = datetime(2026, 10, 14, 9, tzinfo=UTC)
"""A Wednesday morning."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return half as many again as there are processors: tests often wait for another process."""
    may_use = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return may_use * 3 // 2


@pytest.fixture
def clock() -> SetClock:
    """Return a clock that shows nine."""
    return SetClock(NINE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests recorded, whichever process they ran in."""
    reports = [*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())]
    figures = [said for each in reports for name, said in each.user_properties if name == "figures"]
    if figures:
        terminalreporter.section("figures")
        for said in sorted(figures):
            terminalreporter.line(said)


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """Undo what a test did to this process's logs."""
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level
    named = [each for each in root.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    levels = {each: each.level for each in named}
    yield
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    for each in root.manager.loggerDict.values():
        if isinstance(each, logging.Logger):
            each.setLevel(levels.get(each, logging.NOTSET))
            each.disabled = False  # A library's own set-up of logs switches off all others'.
