"""``/agenda``, its buttons and its modals: parse, one service call, one view."""

from handlers.agendas import clicks, minutes, submissions
from handlers.agendas.commands import command
from handlers.callback_ids import CallbackId
from handlers.edge.routes import Routes
from handlers.ids import ActionId

__all__ = ["command", "register"]

_CLICKS = {
    ActionId.TOPIC_ADD: clicks.add,
    ActionId.TOPIC_EDIT: clicks.edit,
    ActionId.TOPIC_REMOVE: clicks.remove,
    ActionId.MEETING_MISS: clicks.miss,
    ActionId.MEETING_COME: clicks.come,
    ActionId.MEETING_SKIP: clicks.skip,
    ActionId.MEETING_HOLD: clicks.hold,
    ActionId.AGENDA_SHOW: clicks.show,
    ActionId.AGENDA_DETAILS: clicks.details,
    ActionId.AGENDA_LIST: clicks.list_all,
    ActionId.AGENDA_MEANT: clicks.meant,
    ActionId.MINUTES_WRITE: minutes.open_form,
    ActionId.MINUTES_FORM_ACTION: minutes.unfold,
    ActionId.MINUTES_SHOW: minutes.show,
    ActionId.MINUTES_TAKE_BACK: minutes.ask_to_undo,
    ActionId.MINUTES_UNDO: minutes.undo,
    ActionId.MINUTES_POINT: minutes.open_point,
    ActionId.MINUTES_BACK: minutes.turned,
    ActionId.MINUTES_ON: minutes.turned,
}
_SUBMISSIONS = {
    CallbackId.TOPIC_ADD: submissions.add,
    CallbackId.TOPIC_EDIT: submissions.edit,
    CallbackId.MINUTES_WRITE: minutes.save,
    CallbackId.MINUTES_POINT: minutes.change_point,
}


def register(routes: Routes) -> None:
    """Register buttons and modals; the command itself is registered with all commands."""
    routes.clicks(_CLICKS)
    routes.submissions(_SUBMISSIONS)
