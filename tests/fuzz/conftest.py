"""The company, furnished for whoever bombards it."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.demo.story import studio_north
from tests.conftest import SetClock
from tests.fuzz.company import furnish
from tests.fuzz.house import House, house
from tests.fuzz.slack import slack
from tests.models.world import NOW


@pytest.fixture
def _quiet() -> Iterator[None]:
    """Log nothing: most deliveries are refused, and each of those says so."""
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def inside(database_url: str, _quiet: None) -> Iterator[House]:
    """Open the bot on a furnished database, once on SQLite and once on Postgres."""
    story = studio_north(NOW)
    furnish(database_url, story, NOW)
    with slack(story) as served, house(database_url, served, story, SetClock(NOW)) as opened:
        yield opened
