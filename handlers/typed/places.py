"""Which project a list is to show: the channel's, or the one that was named."""

import re

from handlers.answers import Answer, say
from handlers.asks import Ask
from handlers.blocks import escape
from handlers.grammar import nearest
from handlers.kit import Kit
from handlers.typed.text import CHANNEL, readable
from models.errors import NotFound
from models.read_models import Actor, ProjectView
from models.value import Value

MINE, ALL = "mine", "all"
LIST_ALL = "`/project list all` names all."
"""What helps whoever named a project that there is not, where none is called alike."""
_CHANNEL = re.compile(CHANNEL)


class Place(Value):
    """What a list or an overview is asked of: a project, one's own, or, without either, everything."""

    project: ProjectView | None = None
    is_mine: bool = False


def here(kit: Kit, ask: Ask, actor: Actor) -> ProjectView | None:
    """Return the project of the channel in which the person is."""
    return kit.projects.in_channel(actor, ask.channel_id) if ask.channel_id else None


def about(kit: Kit, ask: Ask, actor: Actor) -> ProjectView | None:
    """Return the channel's project, also where it is the channel with its client: to read of, or to suggest.

    Where several projects have their client there, none of them is meant more than another.
    """
    own = here(kit, ask, actor)
    if own is not None or ask.channel_id is None:
        return own
    theirs = kit.projects.with_client_in(actor, ask.channel_id)
    return kit.projects.get(actor, theirs[0].id) if len(theirs) == 1 else None


def place_of(kit: Kit, ask: Ask, actor: Actor, word: str) -> Place | Answer:
    """Return the place that the word names; without a word, the channel's project or everything."""
    lower = word.lower()
    if lower in (MINE, ALL):
        return Place(is_mine=lower == MINE)
    if not word:
        return Place(about(kit, ask, actor))
    if (channel := _CHANNEL.fullmatch(word)) is not None:
        found = kit.projects.in_channel(actor, channel["id"])
        return Place(found) if found else say(f"<#{channel['id']}> isn't a project.")
    by_key = project_named(kit, actor, word.removeprefix("#"))
    return say(by_key) if isinstance(by_key, str) else Place(by_key)


def project_named(kit: Kit, actor: Actor, key: str) -> ProjectView | str:
    """Return the project of that short name; else that there is none, in mrkdwn, and which was meant."""
    try:
        return kit.projects.by_key(actor, key.upper())
    except NotFound:
        known = [choice.key for choice in kit.projects.choices(actor)]
    meant = nearest(key, known)
    hint = f"Did you mean {meant.upper()}?" if meant else LIST_ALL
    return f"I don't know a project “{escape(readable(key))}”. {hint}"
