"""Reads which record a line names, and in which project a bare one is looked for."""

from uuid import UUID

from handlers.asks import Ask
from handlers.kit import Kit
from models.read_models import Actor
from models.rules.references import Reference, leading
from models.value import Value


class Named(Value):
    """A record's name, the project of the channel it was typed in, and the words after it."""

    reference: Reference
    in_project: UUID | None
    more: str


def read_name(kit: Kit, ask: Ask, actor: Actor, rest: str) -> Named | None:
    """Read the line's beginning; None when it is no reference. A bare one is of the channel's project."""
    found = leading(rest)
    if found is None:
        return None
    reference, more = found
    here = None
    if reference.key is None and ask.channel_id:
        here = kit.projects.in_channel(actor, ask.channel_id)
    return Named(reference, here.id if here else None, more)
