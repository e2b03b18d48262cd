"""What a status's buttons and choices do."""

from uuid import UUID

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, OpenModal, UpdateModal, in_its_place
from handlers.asks import Click
from handlers.callback_ids import CallbackId
from handlers.forms import identifier
from handlers.kit import Kit
from handlers.statuses import client_copy, histories, opening, sent_modals, views, words
from handlers.statuses.commands import command
from handlers.statuses.forms import StatusForm
from handlers.typed.text import readable
from models.commands.statuses import HEADLINE_LENGTH
from models.read_models import Actor
from models.value import replace


def open_form(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form of a project's period; in a modal, in its place, what stood there being kept."""
    actor = identify(kit, click)
    if (click.view or {}).get("callback_id") == CallbackId.STATUS_POST:
        opening.kept(kit, actor, StatusForm.read(click.view or {}))
    project_id, period, headline = words.decode(click.value)
    view = opening.opened(kit, actor, project_id, period, opening.Begun(headline))
    return UpdateModal(view) if click.view else OpenModal(view)


def choose(kit: Kit, click: Click) -> Answer:
    """Show the projects in whose name the person submits."""
    actor = identify(kit, click)
    typed = readable(click.value)[:HEADLINE_LENGTH]
    return views.owed(kit.statuses.owed(actor, now=kit.clock()), headline=typed)


def touched(kit: Kit, click: Click) -> ClickAnswer:
    """Keep what is filled in, and draw what the choice opens or changes."""
    actor = identify(kit, click)
    form = opening.kept(kit, actor, StatusForm.read(click.view or {}))
    return UpdateModal(opening.drawn_again(kit, actor, form))


def unfold(kit: Kit, click: Click) -> ClickAnswer:
    """Show the fields behind More, with what is typed kept."""
    actor = identify(kit, click)
    form = opening.kept(kit, actor, StatusForm.read(click.view or {}))
    return UpdateModal(opening.drawn_again(kit, actor, replace(form, is_open=True)))


def afresh(kit: Kit, click: Click) -> ClickAnswer:
    """Forget the draft, and begin with what last time says."""
    actor = identify(kit, click)
    project_id, period, _ = words.decode(click.value)
    kit.statuses.drop_draft(actor, project_id, period)
    return UpdateModal(opening.opened(kit, actor, project_id, period))


def show(kit: Kit, click: Click) -> Answer:
    """Show a status in detail."""
    actor = identify(kit, click)
    return _shown(kit, actor, identifier(click.value))


def history(kit: Kit, click: Click) -> Answer:
    """Show how a project stood week by week."""
    return histories.shown(kit, click, identify(kit, click), identifier(click.value))


def versions(kit: Kit, click: Click) -> Answer:
    """Show all versions of a status."""
    return views.versions(*kit.statuses.versions(identify(kit, click), identifier(click.value)))


def copy(kit: Kit, click: Click) -> Answer:
    """Show a status as the client may read it."""
    return client_copy.answer(kit.statuses.copy_of(identify(kit, click), identifier(click.value)))


def explain(kit: Kit, click: Click) -> ClickAnswer:
    """Ask again why a status is green all the same; once that is answered, show the status."""
    actor = identify(kit, click)
    details = kit.statuses.details(actor, identifier(click.value))
    if details.may_edit and details.found.status.wants_answer:
        return OpenModal(sent_modals.green_but(details.found))
    return views.status(details, kit.clock())


def _shown(kit: Kit, actor: Actor, status_id: UUID) -> Answer:
    return views.status(kit.statuses.details(actor, status_id), kit.clock())


def meant(kit: Kit, click: Click) -> ClickAnswer:
    """Carry out what the mistyped word stood for, in the place of the question."""
    return in_its_place(command(kit, click, click.value))
