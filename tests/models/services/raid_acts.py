"""What the tests of records do with one, each in a line."""

from datetime import timedelta
from typing import Any

from models.commands import RaidFields, RaidOutcome
from models.read_models import Actor, RaidView
from models.rules.raid.states import RaidMove
from models.value import replace
from tests.models.services.acts import LATER
from tests.models.world import NOW, World


def move(
    world: World,
    actor: Actor,
    item: RaidView,
    how: RaidMove,
    text: str = "So.",
    **more: Any,  # noqa: ANN401 - any word of an outcome.
) -> RaidView:
    """Make a move."""
    outcome = RaidOutcome(text, **more)
    return world.raid.move(actor, item.id, how, outcome, origin=world.origin(), now=LATER)


def edit(world: World, actor: Actor, item: RaidView, **changed: Any) -> RaidView:  # noqa: ANN401 - any field.
    """Change what a record says, as the actor saw it."""
    fields = replace(RaidFields(item.title, item.details, due_on=item.due_on, impact=item.impact), **changed)
    return world.raid.edit(actor, item.id, fields, version=item.version, origin=world.origin(), now=LATER)


def undo(world: World, actor: Actor, item: RaidView, after: timedelta = timedelta(minutes=9)) -> RaidView:
    """Take a record back."""
    return world.raid.undo(actor, item.id, origin=world.origin(), now=NOW + after)


def now(world: World, actor: Actor, item: RaidView) -> RaidView:
    """Return the record as it stands."""
    return world.raid.details(actor, item.id, in_project=None).item
