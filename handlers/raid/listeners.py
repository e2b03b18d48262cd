"""``/raid``, its buttons and its modals: parse, one service call, one view."""

from handlers.callback_ids import CallbackId
from handlers.edge.routes import Routes
from handlers.ids import ActionId
from handlers.raid import changes, commands, lists, logging, moves, promises, views
from handlers.raid.commands import command
from handlers.raid.logging import after_project

__all__ = ["after_project", "command", "register"]

_CLICKS = {
    ActionId.RAID_NEW: logging.new,
    **dict.fromkeys(views.NEW_BUTTONS.values(), logging.new_of_kind),
    ActionId.RAID_MEANT: commands.meant,
    ActionId.RAID_EDIT: changes.edit_clicked,
    ActionId.RAID_DETAILS: commands.shown,
    ActionId.RAID_UNDO: changes.undo_clicked,
    ActionId.RAID_TAKE_BACK: changes.take_back,
    ActionId.RAID_SUPERSEDE: changes.supersede_clicked,
    **dict.fromkeys(views.MOVE_BUTTONS.values(), moves.clicked),
    ActionId.RAID_NEXT: moves.chosen,
    ActionId.RAID_ACTION: promises.clicked,
    ActionId.RAID_LIST: lists.turned,
    ActionId.RAID_LIST_OPEN: lists.turned,
    ActionId.RAID_LIST_MINE: lists.turned,
    ActionId.RAID_LIST_LATE: lists.turned,
    ActionId.RAID_LIST_ALL: lists.turned,
    ActionId.RAID_PAGE_BACK: lists.turned,
    ActionId.RAID_PAGE_ON: lists.turned,
    ActionId.RAID_FORM_MORE: changes.unfold,
    ActionId.RAID_FORM_WAY: changes.redraw,
}
_SUBMISSIONS = {
    CallbackId.RAID_LOG: logging.submitted,
    CallbackId.RAID_EDIT: changes.edited,
    CallbackId.RAID_MOVE: moves.submitted,
    CallbackId.RAID_ACTION: promises.submitted,
    CallbackId.RAID_SUPERSEDE: changes.superseded,
}


def register(routes: Routes) -> None:
    """Register buttons and modals; the command itself is registered with all commands."""
    routes.clicks(_CLICKS)
    routes.submissions(_SUBMISSIONS)
