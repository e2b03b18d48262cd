"""A client's mood from Slack's own menu, from anywhere."""

from handlers.access import identify
from handlers.answers import OpenModal, ShortcutAnswer
from handlers.asks import Chosen
from handlers.kit import Kit
from handlers.moods import modals
from handlers.moods.forms import MoodForm
from handlers.moods.places import NEED
from handlers.projects.offers import offer


def new(kit: Kit, chosen: Chosen) -> ShortcutAnswer:
    """Open the form, in which the project is to be chosen."""
    actor = identify(kit, chosen)
    choices = kit.projects.choices(actor)
    if not choices:
        return offer(kit, chosen, NEED, typed="", has_others=False)
    return OpenModal(modals.log_modal(MoodForm.blank(None, chosen.channel_id), choices))
