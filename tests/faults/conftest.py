"""The company of the scenarios, to be visited by troubles."""

from collections.abc import Iterator

import pytest

from bot.deadline import ANSWER_WITHIN
from tests.conftest import SetClock
from tests.databases import copy_of
from tests.scenarios.studio import Morning, Studio, studio


@pytest.fixture
def database_url(morning: Morning, request: pytest.FixtureRequest) -> str:
    """Return the address of the test's own copy of the morning's database."""
    return copy_of(morning.database_url, request)


@pytest.fixture
def company(morning: Morning, database_url: str, clock: SetClock) -> Iterator[Studio]:
    """Open Studio North with its bot, whose answers have as much time as outside of tests."""
    with studio(morning, database_url, clock, answer_within=ANSWER_WITHIN) as opened:
        yield opened
