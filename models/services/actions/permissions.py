"""Which of a record's actions somebody may change, as its details show them."""

from collections.abc import Sequence
from uuid import UUID

from models.read_models import ActionView, Actor
from models.rules.access import Capability, Standing, may
from models.services.standing import standing
from models.value import replace


def changeable(actor: Actor, held: Standing, promised: Sequence[ActionView]) -> frozenset[UUID]:
    """Return the ids of those that the person may change; ``held`` is what ties them to the record."""
    return frozenset(
        action.id for action in promised if may(_of_action(held, actor, action), Capability.CHANGE_ACTION)
    )


def _of_action(held: Standing, actor: Actor, action: ActionView) -> Standing:
    """Return what ties the person to an action of the same project."""
    return replace(held, relations=standing(actor, None, action).relations)
