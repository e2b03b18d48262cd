"""Finds the record that a line names."""

from handlers.asks import Ask
from handlers.kit import Kit
from handlers.typed.naming import read_name
from models.errors import Invalid, NotFound
from models.read_models import Actor, RaidDetails
from models.rules.references import Marker

_WHICH_KIND = {
    "reference": "Say which kind it is: I3 is an issue, A3 an assumption, DEP3 or DEC3 the others."
}


def find(kit: Kit, ask: Ask, actor: Actor, rest: str) -> tuple[RaidDetails, str]:
    """Return the record that the line begins with, and the words after it. Raises NotFound, Invalid."""
    named = read_name(kit, ask, actor, rest)
    if named is None:
        what = "record"
        raise NotFound(what, rest)
    if rest.startswith("#"):
        raise Invalid(_WHICH_KIND)
    if named.reference.marker is Marker.RISK:
        there = f"`/risk show {named.reference}`"
        raise Invalid({"reference": f"{named.reference} is a risk. Type {there}."})
    return kit.raid.details(actor, named.reference, in_project=named.in_project), named.more
