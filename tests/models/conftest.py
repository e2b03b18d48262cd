"""Fixtures for the model's tests."""

import pytest

from models.database import Database
from tests.models.world import World


@pytest.fixture
def world(database: Database) -> World:
    """Return a workspace of its own, on SQLite and on Postgres."""
    return World(database)
