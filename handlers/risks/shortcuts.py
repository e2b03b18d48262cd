"""Risks from Slack's own menus: from what a message says, or from anywhere."""

from handlers.access import identify
from handlers.answers import OpenModal, ShortcutAnswer
from handlers.asks import Chosen
from handlers.blocks import shortened
from handlers.kit import Kit
from handlers.origins import today
from handlers.projects.offers import offer
from handlers.risks import modals
from handlers.risks.commands import NEED, prefilled
from handlers.risks.forms import RiskForm
from handlers.typed.text import readable, spoken
from models.commands import TEXT_LENGTH, TITLE_LENGTH
from models.read_models import ProjectView
from models.value import replace


def new(kit: Kit, chosen: Chosen) -> ShortcutAnswer:
    """Open the form for any project."""
    actor = identify(kit, chosen)
    choices = kit.projects.choices(actor)
    if not choices:
        return offer(kit, chosen, NEED, typed="", has_others=False)
    return OpenModal(modals.log_modal(prefilled("", today(kit, actor), None, None), choices))


def from_message(kit: Kit, chosen: Chosen) -> ShortcutAnswer:
    """Open the form with what the message says, for the channel's project if it is one's."""
    actor = identify(kit, chosen)
    project = kit.projects.in_channel(actor, chosen.channel_id) if chosen.channel_id else None
    choices = kit.projects.choices(actor, project.id if project else None)
    if not choices:
        return offer(kit, chosen, NEED, typed=chosen.text, has_others=False)
    return OpenModal(modals.log_modal(_of_message(chosen, project), choices))


def _of_message(chosen: Chosen, project: ProjectView | None) -> RiskForm:
    """Return the form; what is too long for a title stands whole behind More, which is open then.

    A message is quoted, not read as a command line: a "p4" or a "due fri" in it was not said to us.
    """
    title = readable(chosen.text)
    values = {"title": shortened(title, TITLE_LENGTH), "project": str(project.id) if project else None}
    form = RiskForm(values=values, channel_id=chosen.channel_id, source_url=chosen.permalink)
    if len(title) <= TITLE_LENGTH:
        return form
    return replace(form, values={**values, "cause": shortened(spoken(chosen.text), TEXT_LENGTH)}).opened()
