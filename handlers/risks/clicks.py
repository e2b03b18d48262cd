"""What a risk's buttons do, and the modal's choices while it is filled in."""

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, UpdateModal, in_its_place
from handlers.asks import Click
from handlers.callback_ids import CallbackId
from handlers.forms import identifier
from handlers.kit import Kit
from handlers.origins import here_and_now, origin, today
from handlers.projects.offers import offer
from handlers.risks import detail_views, modals, opening, views
from handlers.risks.commands import NEED, command, log_line, prefilled
from handlers.risks.forms import RiskForm
from handlers.risks.words import headline
from handlers.submitting import of_kept
from handlers.typed.places import about
from handlers.views.taking_back import taken_back
from models.read_models import Actor, RiskDetails


def _found(kit: Kit, click: Click) -> tuple[Actor, RiskDetails]:
    actor = identify(kit, click)
    return actor, kit.risks.details(actor, identifier(click.value), in_project=None)


def edit(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that changes a risk."""
    return opening.editing(_found(kit, click)[1])


def score(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that scores a risk."""
    return opening.scoring(_found(kit, click)[1])


def left(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that judges what is left of a risk."""
    return opening.reassessing(_found(kit, click)[1])


def details(kit: Kit, click: Click) -> Answer:
    """Show one risk to whoever clicked."""
    actor, found = _found(kit, click)
    return detail_views.details(found, here_and_now(kit, actor))


def undo(kit: Kit, click: Click) -> Answer:
    """Ask whether to take a risk back, of who still may."""
    actor = identify(kit, click)
    risk = kit.risks.undoable(actor, identifier(click.value), now=kit.clock())
    return views.UNDO.asked(risk.id, headline(risk))


def take_back(kit: Kit, click: Click) -> Answer:
    """Take a risk back."""
    actor = identify(kit, click)
    risk = kit.risks.undo(actor, identifier(click.value), origin=origin(kit, click), now=kit.clock())
    return taken_back(risk.reference, headline(risk))


def new(kit: Kit, click: Click) -> ClickAnswer:
    """Open the modal, with the line that was typed, if any, filled in."""
    actor = identify(kit, click)
    project = about(kit, click, actor)
    choices = kit.projects.choices(actor, project.id if project else None)
    if project is None and not choices:
        return offer(kit, click, NEED, typed=click.value, has_others=False)
    form = prefilled(click.value, today(kit, actor), project, click.channel_id)
    return of_kept(modals.log_modal(form, choices), click.value)


def meant(kit: Kit, click: Click) -> ClickAnswer:
    """Carry out what the mistyped word stood for, in the place of the question."""
    return in_its_place(command(kit, click, click.value))


def log_anyway(kit: Kit, click: Click) -> ClickAnswer:
    """Log the line that looked like a mistyped word; the question about it is over."""
    return in_its_place(log_line(kit, click, identify(kit, click), click.value))


def unfold(kit: Kit, click: Click) -> ClickAnswer:
    """Show the fields behind More, with what is typed kept."""
    return _redrawn(kit, click, RiskForm.read(click.view or {}).opened())


def redraw(kit: Kit, click: Click) -> ClickAnswer:
    """Show the score that follows from what was just chosen."""
    return _redrawn(kit, click, RiskForm.read(click.view or {}))


def _redrawn(kit: Kit, click: Click, form: RiskForm) -> ClickAnswer:
    callback = (click.view or {}).get("callback_id")
    if callback == CallbackId.RISK_EDIT:
        return UpdateModal(modals.edit_modal(form))
    if callback == CallbackId.RISK_REASSESS:
        return UpdateModal(modals.reassess_modal(form))
    if callback == CallbackId.RISK_SCORE:
        return UpdateModal(modals.score_modal(form))
    choices = kit.projects.choices(identify(kit, click), form.project_id())
    return UpdateModal(modals.log_modal(form, choices))
