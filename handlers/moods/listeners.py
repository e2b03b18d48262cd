"""``/mood``, its buttons and its modals: parse, one service call, one view."""

from slack_bolt import App

from handlers.edge import click_listener, shortcut_listener, submission_listener
from handlers.ids import ActionId, CallbackId, ShortcutId
from handlers.kit import Kit
from handlers.moods import clicks, lists, shortcuts, submissions
from handlers.moods.commands import after_project, command
from handlers.moods.questions import PICKS

__all__ = ["after_project", "command", "register"]

_CLICKS = {
    **dict.fromkeys(PICKS.values(), clicks.pick),
    ActionId.MOOD_NEW: clicks.new,
    ActionId.MOOD_EDIT: clicks.edit,
    ActionId.MOOD_DELETE: clicks.delete,
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


def register(app: App, kit: Kit) -> None:
    """Register buttons, modals and shortcuts; the command itself is registered with all commands."""
    for action, on_click in _CLICKS.items():
        app.action(action.value)(click_listener(kit, on_click))
    for callback, on_submission in _SUBMISSIONS.items():
        app.view(callback.value)(submission_listener(kit, on_submission))
    for shortcut, on_shortcut in _SHORTCUTS.items():
        app.shortcut(shortcut.value)(shortcut_listener(kit, on_shortcut))
