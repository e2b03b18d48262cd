"""``/ritual``, its buttons and its modals: parse, one service call, one view."""

from handlers.callback_ids import CallbackId
from handlers.edge.routes import Routes
from handlers.ids import ActionId
from handlers.rituals import clicks, days_off, submissions, times
from handlers.rituals.commands import command

__all__ = ["command", "register"]

_CLICKS = {
    ActionId.RITUAL_NEW: clicks.new,
    ActionId.RITUAL_SHOW: clicks.shown,
    ActionId.RITUAL_NEXT: clicks.chosen,
    ActionId.RITUAL_WHICH: clicks.which,
    ActionId.RITUAL_WHICH_BACK: clicks.others,
    ActionId.RITUAL_WHICH_ON: clicks.others,
    ActionId.RITUAL_MEANT: clicks.meant,
    ActionId.RITUAL_EDIT: clicks.about("edit"),
    ActionId.RITUAL_PAUSE: clicks.about("pause"),
    ActionId.RITUAL_RESUME: clicks.about("resume"),
    ActionId.RITUAL_SKIP: clicks.one_time(times.skipped),
    ActionId.RITUAL_UNSKIP: clicks.one_time(times.unskipped),
    ActionId.RITUAL_PUT_BACK: clicks.one_time(times.put_back),
    ActionId.RITUAL_SNOOZE: clicks.about("snooze"),
    ActionId.RITUAL_RUN: clicks.run,
    ActionId.RITUAL_END: clicks.about("end"),
    ActionId.RITUAL_LIST: clicks.turned,
    ActionId.RITUAL_LIST_ENDED: clicks.turned,
    ActionId.RITUAL_PAGE_BACK: clicks.turned,
    ActionId.RITUAL_PAGE_ON: clicks.turned,
    ActionId.RITUAL_FORM: clicks.redraw,
    ActionId.RITUAL_FORM_WHAT: clicks.other_preset,
    ActionId.RITUAL_FORM_PROJECT: clicks.other_project,
    ActionId.RITUAL_FORM_PRESENT: clicks.present,
    ActionId.RITUAL_FORM_MORE: clicks.unfold,
    ActionId.DAY_OFF_REMOVE: days_off.removed,
}
_SUBMISSIONS = {
    CallbackId.RITUAL_SAVE: submissions.save,
    CallbackId.RITUAL_PAUSE: submissions.pause,
    CallbackId.RITUAL_SNOOZE: submissions.put_off,
    CallbackId.RITUAL_END: submissions.end,
}


def register(routes: Routes) -> None:
    """Register the buttons and the modals; the command itself is registered with all commands."""
    routes.clicks(_CLICKS)
    routes.submissions(_SUBMISSIONS)
