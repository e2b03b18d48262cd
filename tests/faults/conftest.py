"""The company of the scenarios, to be visited by troubles."""

from collections.abc import Iterator

import pytest

from tests.conftest import SetClock
from tests.scenarios.studio import Studio, studio


@pytest.fixture
def company(database_url: str, clock: SetClock) -> Iterator[Studio]:
    """Open Studio North with its bot."""
    with studio(database_url, clock) as opened:
        yield opened
