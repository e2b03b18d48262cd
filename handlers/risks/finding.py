"""Finds the risk that a line names."""

from handlers.asks import Ask
from handlers.kit import Kit
from models.errors import NotFound
from models.read_models import Actor, ProjectView, RiskDetails
from models.rules.references import RiskReference


def find(kit: Kit, ask: Ask, actor: Actor, rest: str) -> tuple[RiskDetails, str]:
    """Return the risk that the first word names, and the words after it."""
    first, _, more = rest.partition(" ")
    reference = RiskReference.parse(first)
    if reference is None:
        what = "risk"
        raise NotFound(what, first)
    here: ProjectView | None = None
    if reference.key is None and ask.channel_id:
        here = kit.projects.in_channel(actor, ask.channel_id)
    found = kit.risks.details(actor, reference, in_project=here.id if here else None)
    return found, more.strip()
