"""The company, opened for each scenario on each database."""

from collections.abc import Iterator

import pytest

from tests.conftest import SetClock
from tests.databases import copy_of
from tests.scenarios.company import PATIENCE, Transport
from tests.scenarios.studio import Morning, Studio, studio


@pytest.fixture
def transport() -> Transport:
    """Return how Slack reaches the bot; a test that wants to see both says so."""
    return Transport.HTTP


@pytest.fixture
def answer_within() -> float:
    """Return the seconds that the bot's calls may take for one answer; a test about their end says so."""
    return PATIENCE


@pytest.fixture
def database_url(morning: Morning, request: pytest.FixtureRequest) -> str:
    """Return the address of the test's own copy of the morning's database."""
    return copy_of(morning.database_url, request)


@pytest.fixture
def company(
    morning: Morning, database_url: str, clock: SetClock, transport: Transport, answer_within: float
) -> Iterator[Studio]:
    """Open Studio North with its bot."""
    with studio(morning, database_url, clock, transport=transport, answer_within=answer_within) as opened:
        yield opened
