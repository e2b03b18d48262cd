"""What the tests of what a meeting has to talk about begin with."""

import pytest

from models.commands import MeasureFields
from models.read_models import Actor, ProjectView
from tests.models.world import NOW, World


@pytest.fixture
def acme(world: World, dana: Actor) -> ProjectView:
    """Return a project of which there is nothing to say."""
    project = world.project(dana)
    world.measures.add(dana, project.id, MeasureFields("Orders"), origin=world.origin(), now=NOW)
    return project
