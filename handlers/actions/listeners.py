"""An action's buttons and its modal: parse, one service call, one view."""

from handlers.access import identify, person
from handlers.actions import lists, views
from handlers.actions.forms import FIELD_OF_PROBLEM, ActionForm
from handlers.answers import (
    Answer,
    ClickAnswer,
    FieldErrors,
    OpenModal,
    SubmissionAnswer,
    UpdateModal,
)
from handlers.asks import Click, Submission
from handlers.callback_ids import CallbackId
from handlers.edge.routes import Routes
from handlers.forms import identifier
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.submitting import written
from models.commands import ActionChange
from models.read_models import ActionView, Actor
from models.rules.actions import ActionStatus


def register(routes: Routes) -> None:
    """Register the buttons and the modal."""
    routes.clicks(_CLICKS)
    routes.submissions({CallbackId.ACTION_CHANGE: _changed})


def _done(kit: Kit, click: Click) -> Answer:
    actor, action_id = identify(kit, click), identifier(click.value)
    came_from, now = origin(kit, click), kit.clock()
    return views.settled(kit.actions.settle(actor, action_id, ActionStatus.DONE, origin=came_from, now=now))


def _reopen(kit: Kit, click: Click) -> Answer:
    actor, action_id = identify(kit, click), identifier(click.value)
    came_from, now = origin(kit, click), kit.clock()
    action = kit.actions.settle(actor, action_id, ActionStatus.OPEN, origin=came_from, now=now)
    return views.reopened(action, today(kit, actor))


def _change(kit: Kit, click: Click) -> ClickAnswer:
    actor = identify(kit, click)
    action = kit.actions.changeable(actor, identifier(click.value))
    if not action.is_open:
        return views.settled(action)
    return OpenModal(views.change_modal(ActionForm.of(action, _open_beside(kit, actor, action))))


def _open_beside(kit: Kit, actor: Actor, action: ActionView) -> tuple[ActionView, ...]:
    """Return the open actions of the same source, this one among them."""
    of_source = kit.actions.of_source(actor, action.source.kind, action.source.id)
    return tuple(each for each in of_source if each.is_open)


def _which(kit: Kit, click: Click) -> ClickAnswer:
    """Draw the modal anew, about the action that was chosen."""
    form, actor = ActionForm.read(click.view or {}), identify(kit, click)
    action = kit.actions.get(actor, form.chosen())
    return UpdateModal(views.change_modal(form.about(action, _open_beside(kit, actor, action))))


def _changed(kit: Kit, sent: Submission) -> SubmissionAnswer:
    actor, form = identify(kit, sent), ActionForm.read(sent.view)
    before = kit.actions.get(actor, form.action_id)
    due = form.due_on()
    if due is not None and due != before.due_on and due < today(kit, actor) and not form.get("reason"):
        return FieldErrors({"due": "That day has passed. Pick today or later."})
    told = views.settled if form.get("reason").strip() else None
    return written(sent, lambda: _write(kit, sent, actor, form), FIELD_OF_PROBLEM, told)


def _write(kit: Kit, sent: Submission, actor: Actor, form: ActionForm) -> ActionView:
    came_from, now = origin(kit, sent), kit.clock()
    if reason := form.get("reason").strip():
        cancelled = ActionStatus.CANCELLED
        return kit.actions.settle(actor, form.action_id, cancelled, reason, origin=came_from, now=now)
    owner = person(kit, sent, form.get("owner")) if form.get("owner") else None
    change = ActionChange(owner_id=owner.id if owner else None, due_on=form.due_on())
    return kit.actions.change(actor, form.action_id, change, version=form.version, origin=came_from, now=now)


_CLICKS = {
    ActionId.ACTION_DONE: _done,
    ActionId.ACTION_REOPEN: _reopen,
    ActionId.ACTION_CHANGE: _change,
    ActionId.ACTION_WHICH: _which,
    ActionId.ACTION_LIST: lists.mine,
    ActionId.ACTION_PAGE_BACK: lists.turned,
    ActionId.ACTION_PAGE_ON: lists.turned,
}
