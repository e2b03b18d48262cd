"""Finds the risk that a line names."""

import re

from handlers.asks import Ask
from handlers.kit import Kit
from handlers.typed.naming import read_name
from models.errors import Invalid, NotFound
from models.read_models import Actor, RiskDetails
from models.rules.raid.words import kind_of
from models.rules.references import leading

_ONE_AT_A_TIME = (
    "You named {0} and {1}, and each has its own answer, so nothing was changed: type it for one, then for "
    "the other. If {1} belongs to the reason, put a word before it, such as “as {1} …”."
)
_LEVEL = re.compile(r"[pi][1-5]\b|p-?\d+[\s,;/x×]*i-?\d", re.IGNORECASE)
"""What says how likely or how bad, be it too much, and no project's or issue's name."""


def find(kit: Kit, ask: Ask, actor: Actor, rest: str) -> tuple[RiskDetails, str]:
    """Return the risk that the line begins with, and the words after it. Raises Invalid for several."""
    named = read_name(kit, ask, actor, rest)
    if named is None:
        what = "risk"
        raise NotFound(what, rest)
    kind = kind_of(named.reference.marker)
    if kind is not None:
        there = f"`/raid show {named.reference}`"
        raise Invalid({"reference": f"{named.reference} is {kind.a_thing}. Type {there}."})
    others = re.sub(r"^(?:and|&)\s+", "", named.more, flags=re.IGNORECASE)
    if (second := leading(others)) is not None and _LEVEL.match(others) is None:
        raise Invalid({"reference": _ONE_AT_A_TIME.format(named.reference, second[0])})
    return kit.risks.details(actor, named.reference, in_project=named.in_project), named.more
