"""``/weekly``, its buttons and its modals: parse, one service call, one view."""

from slack_bolt import App

from handlers.edge import click_listener, submission_listener
from handlers.ids import ActionId, CallbackId
from handlers.kit import Kit
from handlers.statuses import clicks, submissions
from handlers.statuses.commands import after_project, command

__all__ = ["after_project", "command", "register"]

_CLICKS = {
    ActionId.STATUS_OPEN: clicks.open_form,
    ActionId.STATUS_CHOOSE: clicks.choose,
    ActionId.STATUS_MEANT: clicks.meant,
    ActionId.STATUS_SHOW: clicks.show,
    ActionId.STATUS_HISTORY: clicks.history,
    ActionId.STATUS_VERSIONS: clicks.versions,
    ActionId.STATUS_COPY: clicks.copy,
    ActionId.STATUS_EXPLAIN: clicks.explain,
    ActionId.STATUS_AFRESH: clicks.afresh,
    ActionId.STATUS_FORM_TICK: clicks.touched,
    ActionId.STATUS_FORM_COLOUR: clicks.touched,
    ActionId.STATUS_FORM_MOOD: clicks.touched,
    ActionId.STATUS_FORM_OVERALL: clicks.touched,
    ActionId.STATUS_FORM_MORE: clicks.unfold,
}
_SUBMISSIONS = {CallbackId.STATUS_POST: submissions.post, CallbackId.STATUS_JUSTIFY: submissions.justify}


def register(app: App, kit: Kit) -> None:
    """Register the buttons and the modals; the command itself is registered with all commands."""
    for action, on_click in _CLICKS.items():
        app.action(action.value)(click_listener(kit, on_click))
    for callback, on_submission in _SUBMISSIONS.items():
        app.view(callback.value)(submission_listener(kit, on_submission))
