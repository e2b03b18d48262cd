"""One list a person of what they have yet to do, whatever it follows from."""

import re

from handlers.access import identify, person
from handlers.actions import list_views
from handlers.answers import Answer, CommandAnswer, say
from handlers.asks import Ask, Click
from handlers.blocks import escape
from handlers.forms import identifier, reading
from handlers.kit import Kit
from handlers.origins import today
from handlers.typed.text import PERSON, readable
from models.read_models import Actor, PersonRef

_PERSON = re.compile(PERSON)
_MINE = frozenset({"", "mine", "my", "me"})


def typed(kit: Kit, ask: Ask, rest: str) -> CommandAnswer:
    """Show one's own list, or that of who is named; nothing is guessed from other words."""
    actor, said = identify(kit, ask), rest.strip()
    if said.lower() in _MINE:
        return _listed(kit, actor, actor.person)
    named = _PERSON.fullmatch(said)
    if named is None:
        usage = "`/drumbeat actions`"
        return say(
            f"I don't know “{escape(readable(said))}”. {usage} shows yours. For somebody else's, "
            "type `@` behind it and choose them from Slack's list."
        )
    return _listed(kit, actor, person(kit, ask, named["id"]))


def mine(kit: Kit, click: Click) -> Answer:
    """Show one's own list."""
    actor = identify(kit, click)
    return _listed(kit, actor, actor.person)


def turned(kit: Kit, click: Click) -> Answer:
    """Show another page of somebody's list in the place of this one."""
    actor = identify(kit, click)
    owner_id, _, page = click.value.partition(":")
    wanted = identifier(owner_id)
    owner = kit.people.names(actor.workspace_id, [wanted]).get(wanted, actor.person)
    with reading():
        number = int(page)
    return _listed(kit, actor, owner, number, replaces=True)


def _listed(kit: Kit, actor: Actor, owner: PersonRef, page: int = 1, *, replaces: bool = False) -> Answer:
    found = kit.actions.open_of(actor, owner.id)
    return list_views.action_list(
        found, owner, today(kit, actor), you=actor.person, page=page, replaces=replaces
    )
