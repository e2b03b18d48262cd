"""Reads which record a line names, and in which project a bare reference is looked for."""

from dataclasses import dataclass
from uuid import UUID

from handlers.asks import Ask
from handlers.kit import Kit
from models.read_models import Actor
from models.rules.references import Reference


@dataclass(frozen=True)
class Named:
    """A record's name, the project of the channel it was typed in, and the words after it."""

    reference: Reference
    in_project: UUID | None
    more: str


def read_name(kit: Kit, ask: Ask, actor: Actor, rest: str) -> Named | None:
    """Read the first word as a reference; None when it is none. A bare one is of the channel's project."""
    first, _, more = rest.partition(" ")
    reference = Reference.parse(first)
    if reference is None:
        return None
    here = None
    if reference.key is None and ask.channel_id:
        here = kit.projects.in_channel(actor, ask.channel_id)
    return Named(reference, here.id if here else None, more.strip())
