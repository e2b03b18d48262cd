"""Whom and what the model's tests begin with; a test that needs somebody else has its own."""

import pytest

from models.database import Database
from models.read_models import Actor, ProjectView
from tests.models.ritual_desk import Desk
from tests.models.world import World


@pytest.fixture
def world(database: Database) -> World:
    """Return a workspace of its own, on SQLite and on Postgres."""
    return World(database)


@pytest.fixture
def sam(world: World) -> Actor:
    """Return an engineer without a role."""
    return world.person("Sam")


@pytest.fixture
def dana(world: World) -> Actor:
    """Return the project's manager."""
    return world.person("Dana")


@pytest.fixture
def jo(world: World) -> Actor:
    """Return the company's delivery manager."""
    return world.delivery_manager("Jo")


@pytest.fixture
def project(world: World, dana: Actor) -> ProjectView:
    """Return Dana's project."""
    return world.project(dana)


@pytest.fixture
def acme(project: ProjectView) -> ProjectView:
    """Return Dana's project by its name, where a test has others beside it."""
    return project


@pytest.fixture
def desk(world: World) -> Desk:
    """Return what rituals are worked with."""
    return Desk(world)
