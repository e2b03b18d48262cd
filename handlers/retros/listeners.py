"""``/retro``, its buttons and its modals: parse, one service call, one view."""

from handlers.callback_ids import CallbackId
from handlers.edge.routes import Routes
from handlers.ids import ActionId
from handlers.retros import clicks, submissions
from handlers.retros.commands import after_project, command

__all__ = ["after_project", "command", "register"]

_CLICKS = {
    ActionId.RETRO_START: clicks.start,
    ActionId.RETRO_CHOOSE: clicks.choose,
    ActionId.RETRO_SHOW: clicks.show,
    ActionId.RETRO_HOW: clicks.how,
    ActionId.RETRO_ADD: clicks.add,
    ActionId.RETRO_MINE: clicks.mine,
    ActionId.RETRO_CARD_EDIT: clicks.edit_card,
    ActionId.RETRO_CARD_DELETE: clicks.delete_card,
    ActionId.RETRO_CARDS: clicks.cards,
    ActionId.RETRO_PAGE_BACK: clicks.turned,
    ActionId.RETRO_PAGE_ON: clicks.turned,
    ActionId.RETRO_CLOSE: clicks.close,
    ActionId.RETRO_EXTEND: clicks.extend,
    ActionId.RETRO_ACTION: clicks.action,
    ActionId.RETRO_LIST: clicks.list_all,
    ActionId.RETRO_MEANT: clicks.meant,
}
_SUBMISSIONS = {
    CallbackId.RETRO_START: submissions.start,
    CallbackId.RETRO_ADD: submissions.add,
    CallbackId.RETRO_CARD: submissions.change,
    CallbackId.RETRO_ACTION: submissions.agree,
}


def register(routes: Routes) -> None:
    """Register the buttons and the modals; the command itself is registered with all commands."""
    routes.clicks(_CLICKS)
    routes.submissions(_SUBMISSIONS)
