"""Studio North's morning on each database, prepared once in a session and copied for each test.

A folder whose tests visit the company makes its ``database_url`` a copy of ``morning``'s.
"""

from collections.abc import Callable

import pytest

from tests.conftest import NINE, SetClock
from tests.databases import DIALECTS, new_database_url
from tests.scenarios.studio import Morning, prepare_morning

MorningOf = Callable[[str], Morning]


@pytest.fixture(scope="session")
def morning_of(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MorningOf:
    """Return a function from a dialect to the morning on it."""
    folder = tmp_path_factory.mktemp("mornings")
    prepared: dict[str, Morning] = {}

    def of(dialect: str) -> Morning:
        if dialect not in prepared:
            url = new_database_url(dialect, request)
            prepared[dialect] = prepare_morning(url, SetClock(NINE), folder / f"{dialect}.json")
        return prepared[dialect]

    return of


@pytest.fixture(params=DIALECTS)
def morning(request: pytest.FixtureRequest, morning_of: MorningOf) -> Morning:
    """Return the morning: once on SQLite, once on Postgres."""
    return morning_of(request.param)
