"""What a channel without a project is offered."""

from handlers.answers import Answer
from handlers.asks import Ask
from handlers.kit import DirectoryDown, Kit
from handlers.projects.needs import Need
from handlers.projects.views import may_become_project, no_project, not_here


def offer(kit: Kit, ask: Ask, need: Need, *, typed: str, has_others: bool) -> Answer:
    """Offer to make the channel a project, unless another company can read it; keep what was typed."""
    if ask.channel_id is not None and may_become_project(ask.channel_id) and is_shared(kit, ask.channel_id):
        return not_here(ask.channel_id, need, typed=typed, has_others=has_others)
    return no_project(ask.channel_id, need, typed=typed, has_others=has_others)


def is_shared(kit: Kit, channel_id: str) -> bool:
    """Tell whether people of another company can read it, as far as Slack says just now."""
    try:
        return kit.directory.channel(channel_id).is_shared
    except DirectoryDown:
        # It is asked again before anything is made there.
        return False
