"""What a retrospective's buttons do."""

from datetime import timedelta

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, OpenModal, UpdateModal, in_its_place
from handlers.asks import Click
from handlers.blocks import Block
from handlers.forms import identifier, reading
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.projects.needs import NoProject
from handlers.retros import modals, views
from handlers.retros.commands import add_form, command, listed, shown, start_form
from handlers.retros.forms import ActionForm, CardForm
from models.rules.rituals.workdays import nearest_working_day

DUE_IN = timedelta(weeks=2)
"""When an action is due unless somebody picks another day: before the next retrospective."""


def start(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that starts one for a project."""
    actor = identify(kit, click)
    return OpenModal(start_form(kit, actor, kit.retros.startable(actor, identifier(click.value))))


def choose(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that starts one for any project."""
    actor = identify(kit, click)
    if not kit.projects.choices(actor):
        raise NoProject
    return OpenModal(start_form(kit, actor, None, click.value))


def show(kit: Kit, click: Click) -> Answer:
    """Show how one stands."""
    actor = identify(kit, click)
    return shown(kit, actor, kit.retros.get(actor, identifier(click.value), now=kit.clock()))


def how(kit: Kit, click: Click) -> Answer:
    """Say how it works."""
    actor = identify(kit, click)
    return views.how(kit.retros.get(actor, identifier(click.value), now=kit.clock()).retro)


def add(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form in which cards are added."""
    actor = identify(kit, click)
    mine = kit.retro_cards.mine(actor, identifier(click.value), now=kit.clock())
    return _in_place(click, add_form(mine))


def mine(kit: Kit, click: Click) -> ClickAnswer:
    """Show one's own cards."""
    actor = identify(kit, click)
    found = kit.retro_cards.mine(actor, identifier(click.value), now=kit.clock())
    return _in_place(click, modals.my_cards(found))


def edit_card(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that changes a card of one's own."""
    actor = identify(kit, click)
    card = kit.retro_cards.own(actor, identifier(click.value))
    retro = kit.retros.get(actor, card.retro_id, now=kit.clock()).retro
    return _in_place(click, modals.card_modal(CardForm.of(card), retro))


def delete_card(kit: Kit, click: Click) -> ClickAnswer:
    """Delete a card of one's own; Slack has asked before."""
    actor = identify(kit, click)
    left = kit.retro_cards.take_back(actor, identifier(click.value), now=kit.clock())
    return _in_place(click, modals.my_cards(left, "✓ Deleted."))


def close(kit: Kit, click: Click) -> Answer:
    """Close it; it was asked for before."""
    actor, retro_id = identify(kit, click), identifier(click.value)
    return views.closed(kit.retros.close(actor, retro_id, origin=origin(kit, click), now=kit.clock()))


def extend(kit: Kit, click: Click) -> Answer:
    """Collect cards for longer."""
    actor, retro_id = identify(kit, click), identifier(click.value)
    return views.extended(kit.retros.extend(actor, retro_id, origin=origin(kit, click), now=kit.clock()))


def cards(kit: Kit, click: Click) -> Answer:
    """Show the cards of a closed one."""
    return views.cards(*kit.retros.cards(identify(kit, click), identifier(click.value)), 1, kit.clock())


def turned(kit: Kit, click: Click) -> Answer:
    """Show another page of them in the place of this one."""
    retro_id, _, number = click.value.partition(":")
    with reading():
        page = int(number)
    found = kit.retros.cards(identify(kit, click), identifier(retro_id))
    return views.cards(*found, page, kit.clock(), replaces=True)


def action(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form in which an action is agreed on."""
    actor, retro_id = identify(kit, click), identifier(click.value)
    retro = kit.retros.actionable(actor, retro_id)
    due = nearest_working_day(today(kit, actor) + DUE_IN, timedelta(days=-1))
    return _in_place(click, modals.action_modal(ActionForm(retro.id), retro, due))


def list_all(kit: Kit, click: Click) -> Answer:
    """Show all of a project."""
    actor = identify(kit, click)
    return listed(kit, actor, kit.projects.get(actor, identifier(click.value)))


def meant(kit: Kit, click: Click) -> ClickAnswer:
    """Carry out what the mistyped word stood for, in the place of the question."""
    return in_its_place(command(kit, click, click.value))


def _in_place(click: Click, view: Block) -> OpenModal | UpdateModal:
    """Draw it in the form that was clicked in, or open it."""
    return UpdateModal(view) if click.view is not None else OpenModal(view)
