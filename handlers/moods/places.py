"""Which project a mood is about: the channel's, or the one that was named."""

from handlers.answers import Answer, say
from handlers.asks import Ask
from handlers.blocks import actions, button, escape
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.moods.line import MoodLine
from handlers.projects.needs import Need
from handlers.projects.offers import offer
from handlers.projects.views import KEPT_LENGTH
from handlers.typed.places import here, project_named
from handlers.typed.text import readable
from models.read_models import Actor, ProjectView

NEED = Need("mood", "A client's mood", ActionId.MOOD_NEW)


def project_of(kit: Kit, ask: Ask, actor: Actor, line: MoodLine, typed: str) -> ProjectView | Answer:
    """Return the project that a typed line is about; else what the person can do, with the line kept."""
    if line.key:
        named = project_named(kit, actor, line.key)
        return _not_logged(named, typed) if isinstance(named, str) else named
    found = kit.projects.in_channel(actor, line.channel_id) if line.channel_id else here(kit, ask, actor)
    if found is not None:
        return found
    if line.channel_id:
        return _not_logged(f"<#{line.channel_id}> isn't a project.", typed)
    return offer(kit, ask, NEED, typed=typed, has_others=bool(kit.projects.choices(actor)))


def _not_logged(why: str, typed: str) -> Answer:
    """Say why nothing was logged, and keep what was typed behind a button."""
    chosen = button("Choose a project", ActionId.MOOD_NEW, typed[:KEPT_LENGTH], style="primary")
    return say(f"{why} Nothing is lost, I kept: “{escape(readable(typed))}”", actions([chosen]))
