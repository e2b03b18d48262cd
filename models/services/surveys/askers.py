"""Who asks a project's client how satisfied they are."""

from collections.abc import Sequence
from datetime import date

from models.read_models import PersonRef, RoleHolder
from models.rules.access import Capability
from models.services.standing import able, leads


def askers(held: Sequence[RoleHolder], on: date) -> tuple[PersonRef, ...]:
    """Return who of a project is to ask on that day: of those who may, its manager comes first.

    Where nobody of it may, nobody is: then the delivery managers see to it.
    """
    return leads(able(held, Capability.ASK_CLIENT), on)
