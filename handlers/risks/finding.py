"""Finds the risk that a line names."""

from handlers.asks import Ask
from handlers.kit import Kit
from handlers.typed.naming import read_name
from models.errors import Invalid, NotFound
from models.read_models import Actor, RiskDetails
from models.rules.raid.words import kind_of


def find(kit: Kit, ask: Ask, actor: Actor, rest: str) -> tuple[RiskDetails, str]:
    """Return the risk that the line begins with, and the words after it."""
    named = read_name(kit, ask, actor, rest)
    if named is None:
        what = "risk"
        raise NotFound(what, rest)
    kind = kind_of(named.reference.marker)
    if kind is not None:
        there = f"`/raid show {named.reference}`"
        raise Invalid({"reference": f"{named.reference} is {kind.a_thing}. Type {there}."})
    return kit.risks.details(actor, named.reference, in_project=named.in_project), named.more
