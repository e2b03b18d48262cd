"""A risk from a line that somebody wrote to the bot."""

from handlers.access import identify
from handlers.answers import ClickAnswer, OpenModal
from handlers.asks import Click
from handlers.forms import identifier
from handlers.kit import Kit
from handlers.origins import today
from handlers.projects.offers import offer
from handlers.risks import modals
from handlers.risks.commands import NEED, prefilled
from models.commands import TEXT_LENGTH, TITLE_LENGTH
from models.value import replace


def log(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form with the line filled in, for any project; what is too long for a title goes below it."""
    actor = identify(kit, click)
    line = kit.drafts.get(actor, identifier(click.value)).text
    choices = kit.projects.choices(actor)
    if not choices:
        return offer(kit, click, NEED, typed=line, has_others=False)
    form = prefilled(line, today(kit, actor), None, click.channel_id)
    if len(line) > TITLE_LENGTH:
        form = replace(form, values={**form.values, "cause": line[:TEXT_LENGTH]}).opened()
    return OpenModal(modals.log_modal(form, choices))
