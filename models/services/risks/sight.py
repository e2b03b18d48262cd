"""Which risks a person may see, as the database decides it."""

from sqlalchemy import ColumnElement, select

from models.read_models import Actor
from models.rules.access import Capability, Relation
from models.rules.actions import ActionSource
from models.services import sight
from models.tables import action_items, risks


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that lets through what the policy table lets this full member see."""
    helped = select(action_items.c.source_id).where(
        action_items.c.owner_id == actor.person.id, action_items.c.source_kind == ActionSource.RISK
    )
    return sight.visible_to(
        actor,
        Capability.SEE_RESTRICTED_RISK,
        visibility=risks.c.visibility,
        project_id=risks.c.project_id,
        relations={Relation.RAISER: risks.c.raised_by_id, Relation.OWNER: risks.c.owner_id},
        helped=risks.c.id.in_(helped),
    )
