"""The company, opened for each scenario on each database."""

from collections.abc import Iterator

import pytest

from tests.conftest import SetClock
from tests.scenarios.company import Transport
from tests.scenarios.studio import Studio, studio


@pytest.fixture
def transport() -> Transport:
    """Return how Slack reaches the bot; a test that wants to see both says so."""
    return Transport.HTTP


@pytest.fixture
def company(database_url: str, clock: SetClock, transport: Transport) -> Iterator[Studio]:
    """Open Studio North with its bot."""
    with studio(database_url, clock, transport=transport) as opened:
        yield opened
