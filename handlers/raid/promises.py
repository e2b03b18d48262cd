"""Asking somebody to do something about an issue or a decision: in a line, by a button, in a form."""

from handlers.access import identify, person
from handlers.answers import ClickAnswer, CommandAnswer, OpenModal, SubmissionAnswer, say
from handlers.asks import Ask, Click, Submission
from handlers.blocks import escape
from handlers.forms import identifier
from handlers.kit import Kit
from handlers.origins import here_and_now, origin, today
from handlers.raid import modals, views
from handlers.raid.finding import find
from handlers.raid.forms import RaidForm
from handlers.raid.line import RaidLine, read_line
from handlers.submitting import chosen_id, written
from handlers.typed.text import given_back
from models.commands import TITLE_LENGTH, NewAction
from models.read_models import Actor, RaidView
from models.rules.raid.words import RaidKind
from models.services.texts import too_long
from models.value import replace

_FIELDS = {"title": "outcome", "owner_id": "owner", "due_on": "due"}
"""Where a service's name for an action's field is not the modal's."""


def typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Ask somebody in a line; where something is missing, open the form with what was said."""
    found, said = find(kit, ask, actor, rest)
    item = kit.promises.addable(actor, found.item.id).item
    line = read_line(RaidKind.ASSUMPTION, said, today(kit, actor))
    if problem := line.problem or next(too_long(line.title, TITLE_LENGTH), ""):
        return say(f"{escape(problem)} Nothing was saved.{given_back(f'action {rest}')}")
    is_whole = line.title and line.owner_slack_id and line.due_on
    if not is_whole:
        return _form(item, line)
    owner = person(kit, ask, line.owner_slack_id or "")
    action = NewAction(line.title, owner.id, line.due_on)
    kit.promises.add(actor, item.id, action, origin=origin(kit, ask), now=kit.clock())
    shown = kit.raid.details(actor, item.id, in_project=None)
    return views.details(shown, here_and_now(kit, actor))


def clicked(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form."""
    found = kit.promises.addable(identify(kit, click), identifier(click.value))
    return _form(found.item, RaidLine())


def _form(item: RaidView, line: RaidLine) -> OpenModal:
    form = RaidForm.of_item(item)
    values = {
        **form.values,
        "outcome": line.title[:TITLE_LENGTH],
        "owner": line.owner_slack_id or form.get("owner"),
        "due": line.due_on.isoformat() if line.due_on else None,
    }
    return OpenModal(modals.action_modal(replace(form, values=values)))


def submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save what somebody is asked to do."""
    actor, form = identify(kit, sent), RaidForm.read(sent.view)

    def write() -> RaidView:
        action = NewAction(form.get("outcome"), chosen_id(kit, sent, form), form.due_on())
        return kit.promises.add(actor, form.about(), action, origin=origin(kit, sent), now=kit.clock())

    return written(sent, write, _FIELDS)
