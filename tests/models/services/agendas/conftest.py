"""Whom and what the tests of meetings begin with."""

import pytest

from models.read_models import Actor, ProjectView
from models.services.agendas.book import Agendas
from models.services.agendas.minutes import Minutes
from tests.models.world import World


@pytest.fixture
def agendas(world: World) -> Agendas:
    return Agendas(world.database)


@pytest.fixture
def minutes(world: World) -> Minutes:
    return Minutes(world.database)


@pytest.fixture
def jo(world: World) -> Actor:
    return world.delivery_manager("Jo")


@pytest.fixture
def dana(world: World) -> Actor:
    return world.person("Dana")


@pytest.fixture
def acme(world: World, dana: Actor) -> ProjectView:
    return world.project(dana)
