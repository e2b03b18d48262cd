"""``/weekly``, its buttons and its modals: parse, one service call, one view."""

from handlers.callback_ids import CallbackId
from handlers.edge.routes import Routes
from handlers.ids import ActionId
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


def register(routes: Routes) -> None:
    """Register the buttons and the modals; the command itself is registered with all commands."""
    routes.clicks(_CLICKS)
    routes.submissions(_SUBMISSIONS)
