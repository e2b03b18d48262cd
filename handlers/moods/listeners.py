"""``/mood``, its buttons and its modals: parse, one service call, one view."""

from handlers.callback_ids import CallbackId, ShortcutId
from handlers.edge.routes import Routes
from handlers.ids import ActionId
from handlers.moods import clicks, lists, shortcuts, submissions
from handlers.moods.commands import after_project, command
from handlers.moods.questions import PICKS

__all__ = ["after_project", "command", "register"]

_CLICKS = {
    **dict.fromkeys(PICKS.values(), clicks.pick),
    ActionId.MOOD_NEW: clicks.new,
    ActionId.MOOD_EDIT: clicks.edit,
    ActionId.MOOD_DELETE: clicks.ask_to_delete,
    ActionId.MOOD_DELETE_IT: clicks.delete,
    ActionId.MOOD_TREND: lists.trend,
    ActionId.MOOD_OVERVIEW: lists.overview,
    ActionId.MOOD_LIST: lists.turned,
    ActionId.MOOD_HEARD: lists.turned,
    ActionId.MOOD_PAGE_BACK: lists.turned,
    ActionId.MOOD_PAGE_ON: lists.turned,
    ActionId.MOOD_MEANT: clicks.meant,
    ActionId.MOOD_FORM_MORE: clicks.unfold,
    ActionId.MOOD_ALERT_TAKE: clicks.take,
    ActionId.MOOD_ALERT_HAND_BACK: clicks.hand_back,
}
_SUBMISSIONS = {CallbackId.MOOD_LOG: submissions.log, CallbackId.MOOD_EDIT: submissions.edit}
_SHORTCUTS = {ShortcutId.MOOD_NEW: shortcuts.new}


def register(routes: Routes) -> None:
    """Register buttons, modals and shortcuts; the command itself is registered with all commands."""
    routes.clicks(_CLICKS)
    routes.submissions(_SUBMISSIONS)
    routes.shortcuts(_SHORTCUTS)
