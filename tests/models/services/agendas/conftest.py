"""Whom and what the tests of meetings begin with."""

import pytest

from models.services.agendas.book import Agendas
from models.services.agendas.minutes import Minutes
from tests.models.world import World


@pytest.fixture
def agendas(world: World) -> Agendas:
    return Agendas(world.database)


@pytest.fixture
def minutes(world: World) -> Minutes:
    return Minutes(world.database)
