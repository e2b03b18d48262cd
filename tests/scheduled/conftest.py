"""What the tests of the clockwork share."""

import pytest

from models.database import Database
from tests.conftest import SetClock
from tests.scheduled.fake_messenger import FakeMessenger
from tests.scheduled.office import Office


@pytest.fixture
def messenger() -> FakeMessenger:
    """Return a messenger to whom nothing happens."""
    return FakeMessenger()


@pytest.fixture
def office(database: Database, clock: SetClock, messenger: FakeMessenger) -> Office:
    """Return an outbox with a workspace: once on SQLite, once on Postgres."""
    return Office(database, clock, messenger)
