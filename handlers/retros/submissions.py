"""What a retrospective's submitted modals do."""

from handlers.access import identify
from handlers.actions.views import line
from handlers.answers import FieldErrors, SubmissionAnswer, UpdateModal
from handlers.asks import Submission
from handlers.forms import beside_fields
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.retros import modals, words
from handlers.retros.forms import ActionForm, CardForm, CardsForm, StartForm
from handlers.submitting import chosen_id
from models.commands import NewAction, NewRetro
from models.errors import Conflict, Invalid
from models.read_models.retros import counted
from models.rules.retros.life import MOST_ACTIONS

_FIELDS = {"closes_at": "day", "owner_id": "owner", "due_on": "due"}
"""Where a service's name for a field is not the modal's."""


def start(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Start one."""
    actor, form = identify(kit, sent), StartForm.read(sent.view)
    project_id = form.chosen_project()
    if project_id is None:
        return FieldErrors({"project": "Choose the project it is about."})
    wanted = NewRetro(
        project_id, form.format(), form.is_anonymous, form.closes_at(), asks_safety=form.asks_safety
    )
    try:
        retro = kit.retros.start(actor, wanted, origin=origin(kit, sent), now=kit.clock())
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, _FIELDS)
    return UpdateModal(modals.started(retro))


def add(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Add cards, and show all of one's own."""
    actor, form = identify(kit, sent), CardsForm.read(sent.view)
    written = tuple(form.cards())
    try:
        came_from, now = origin(kit, sent), kit.clock()
        mine = kit.retro_cards.add(
            actor, form.retro_id, written, safety=form.safety(), origin=came_from, now=now
        )
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    told = words.added(len(written), mine.already_there) if written else "Counted, without your name"
    return UpdateModal(modals.my_cards(mine, f"✓ {told}."))


def change(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Change a card of one's own; when it was changed in another window, say so and keep what is typed."""
    actor, form = identify(kit, sent), CardForm.read(sent.view)
    card, now = form.card(), kit.clock()
    try:
        mine = kit.retro_cards.edit(actor, form.card_id, card, version=form.version, now=now)
    except Invalid as invalid:
        return beside_fields({"text": " ".join(invalid.problems.values())}, sent.view, {})
    except Conflict as conflict:
        retro = kit.retros.get(actor, form.retro_id, now=now).retro
        note = "*You changed this card in another window.* Save again to keep what stands here."
        return UpdateModal(modals.card_modal(form.at_version(conflict.current.version), retro, note))
    return UpdateModal(modals.my_cards(mine, "✓ Changed."))


def agree(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Agree on an action."""
    actor, form = identify(kit, sent), ActionForm.read(sent.view)
    try:
        wanted = NewAction(form.get("title"), chosen_id(kit, sent, form), form.due_on())
        came_from, now = origin(kit, sent), kit.clock()
        screen = kit.retros.add_action(actor, form.retro_id, wanted, origin=came_from, now=now)
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, _FIELDS)
    agreed = counted(screen.actions)
    lines = [f"• {line(each, today(kit, actor))}" for each in agreed]
    return UpdateModal(modals.agreed(screen, lines, has_room=len(agreed) < MOST_ACTIONS))
