"""What people do with risks, in one call each, later than it was logged and with a receipt of its own."""

from datetime import timedelta

from models.commands import RiskFields
from models.read_models import Actor, RiskView
from models.rules.risks.moves import RiskMove
from models.value import replace
from tests.models.world import NOW, World

LATER = NOW + timedelta(hours=1)


def fields_of(risk: RiskView, **changed: object) -> RiskFields:
    """Return the fields of a risk as a modal would send them back, but for those given."""
    same = RiskFields(
        title=risk.title,
        probability=risk.probability,
        impact=risk.impact,
        kind=risk.kind,
        cause=risk.cause,
        effect=risk.effect,
        owner_id=risk.owner.id if risk.owner else None,
        visibility=risk.visibility,
    )
    return replace(same, **changed)  # type: ignore[arg-type]


def edit(world: World, actor: Actor, risk: RiskView, **changed: object) -> RiskView:
    """Edit a risk as the actor saw it."""
    return world.register.edit(
        actor, risk.id, fields_of(risk, **changed), version=risk.version, origin=world.origin(), now=LATER
    )


def score(
    world: World, actor: Actor, risk: RiskView, probability: int, impact: int, owner: Actor | None
) -> RiskView:
    """Score a risk as the actor saw it."""
    return world.register.score(
        actor,
        risk.id,
        probability,
        impact,
        owner.person.id if owner else None,
        version=risk.version,
        origin=world.origin(),
        now=LATER,
    )


def close(world: World, actor: Actor, risk: RiskView, reason: str = "Done.") -> RiskView:
    """Close a risk."""
    return move(world, actor, risk, RiskMove.CLOSE, reason)


def reject(world: World, actor: Actor, risk: RiskView, reason: str = "") -> RiskView:
    """Say that it is not a risk."""
    return move(world, actor, risk, RiskMove.REJECT, reason)


def move(world: World, actor: Actor, risk: RiskView, how: RiskMove, reason: str = "") -> RiskView:
    """Make a move with a risk."""
    return world.register.move(actor, risk.id, how, reason, origin=world.origin(), now=LATER)


def undo(world: World, actor: Actor, risk: RiskView) -> RiskView:
    """Take a risk back."""
    return world.register.undo(actor, risk.id, origin=world.origin(), now=LATER)
