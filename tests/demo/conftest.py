"""What the tests of the demo workspace share."""

from collections.abc import Iterator

import pytest

from bot.demo.server import Demo
from tests.conftest import SetClock
from tests.demo.company import FakeBot, open_company
from tests.demo.running import RunningDemo, running


@pytest.fixture
def bot() -> FakeBot:
    """Return a bot that says nothing until it is told to."""
    return FakeBot()


@pytest.fixture
def demo(bot: FakeBot, clock: SetClock) -> Demo:
    """Return a workspace of which a test calls the parts itself."""
    return open_company(bot, clock)


@pytest.fixture
def served(bot: FakeBot, clock: SetClock) -> Iterator[RunningDemo]:
    """Serve a workspace on a free port of this machine."""
    with running(lambda base_url: open_company(bot, clock, base_url=base_url)) as demo:
        yield demo
