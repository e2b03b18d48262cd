"""What the tests of the clockwork share."""

from datetime import date, time

import pytest

from models.database import Database
from models.read_models import Actor, ProjectView
from models.rules.rituals.recurrence import Weekly
from scheduled.notices import discover as discover_notices
from tests.conftest import SetClock
from tests.models.rituals import switch_on
from tests.models.world import World
from tests.scheduled.fake_messenger import FakeMessenger
from tests.scheduled.office import Office

DAILY = Weekly(frozenset(range(5)), time(9), date(2026, 1, 1))


@pytest.fixture
def messenger() -> FakeMessenger:
    """Return a messenger to whom nothing happens."""
    return FakeMessenger()


@pytest.fixture
def office(database: Database, clock: SetClock, messenger: FakeMessenger) -> Office:
    """Return an outbox with a workspace: once on SQLite, once on Postgres."""
    return Office(database, clock, messenger)


@pytest.fixture
def world(office: Office) -> World:
    """Return the office's own company; its messages are the product's."""
    office.notices = discover_notices()
    return World(office.database, team="T0ACME")


@pytest.fixture
def dana(world: World) -> Actor:
    return world.person("Dana")


@pytest.fixture
def acme(world: World, dana: Actor) -> ProjectView:
    """Return Dana's project, with the reminders switched on."""
    switch_on(world.database, dana, since="2026-01-01T00:00", kind="action_reminders", rule=DAILY)
    return world.project(dana)
