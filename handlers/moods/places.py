"""Which project a mood is about, or a list is to show: the channel's, or the one that was named."""

import re
from dataclasses import dataclass

from handlers.answers import Answer, say
from handlers.asks import Ask
from handlers.blocks import actions, button, escape
from handlers.grammar import nearest
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.moods.line import MoodLine
from handlers.projects.needs import Need
from handlers.projects.offers import offer
from handlers.projects.views import KEPT_LENGTH
from handlers.typed import CHANNEL, readable
from models.errors import NotFound
from models.read_models import Actor, ProjectView

NEED = Need("mood", "A client's mood", ActionId.MOOD_NEW)
MINE, ALL = "mine", "all"
_CHANNEL = re.compile(CHANNEL)


@dataclass(frozen=True)
class Place:
    """What a list or a trend is asked of: a project, one's own, or, without either, everything."""

    project: ProjectView | None = None
    is_mine: bool = False


def here(kit: Kit, ask: Ask, actor: Actor) -> ProjectView | None:
    """Return the project of the channel in which the person is."""
    return kit.projects.in_channel(actor, ask.channel_id) if ask.channel_id else None


def place_of(kit: Kit, ask: Ask, actor: Actor, word: str) -> Place | Answer:
    """Return the place that the word names; without a word, the channel's project or everything."""
    lower = word.lower()
    if lower in (MINE, ALL):
        return Place(is_mine=lower == MINE)
    if not word:
        return Place(here(kit, ask, actor))
    if (channel := _CHANNEL.fullmatch(word)) is not None:
        found = kit.projects.in_channel(actor, channel["id"])
        return Place(found) if found else say(f"<#{channel['id']}> isn't a project.")
    by_key = _by_key(kit, actor, word.removeprefix("#"))
    return by_key if isinstance(by_key, Answer) else Place(by_key)


def project_of(kit: Kit, ask: Ask, actor: Actor, line: MoodLine, typed: str) -> ProjectView | Answer:
    """Return the project that a typed line is about; else what the person can do, with the line kept."""
    if line.key:
        return _by_key(kit, actor, line.key, typed)
    found = kit.projects.in_channel(actor, line.channel_id) if line.channel_id else here(kit, ask, actor)
    if found is not None:
        return found
    if line.channel_id:
        return _not_logged(f"<#{line.channel_id}> isn't a project.", typed)
    return offer(kit, ask, NEED, typed=typed, has_others=bool(kit.projects.choices(actor)))


def _by_key(kit: Kit, actor: Actor, key: str, typed: str = "") -> ProjectView | Answer:
    try:
        return kit.projects.by_key(actor, key.upper())
    except NotFound:
        known = [choice.key for choice in kit.projects.choices(actor)]
    meant = nearest(key, known)
    hint = f" Did you mean {meant.upper()}?" if meant else ""
    why = f"I don't know a project “{escape(readable(key))}”.{hint}"
    return _not_logged(why, typed) if typed else say(why)


def _not_logged(why: str, typed: str) -> Answer:
    """Say why nothing was logged, and keep what was typed behind a button."""
    chosen = button("Choose a project", ActionId.MOOD_NEW, typed[:KEPT_LENGTH], style="primary")
    return say(f"{why} Nothing is lost, I kept: “{escape(readable(typed))}”", actions([chosen]))
