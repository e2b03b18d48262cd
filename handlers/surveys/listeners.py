"""``/csat``, its buttons and its modals: parse, one service call, one view."""

from handlers.callback_ids import CallbackId
from handlers.edge.routes import Routes
from handlers.ids import ActionId
from handlers.surveys import answering, asking, clicks, forgetting, holding, submissions
from handlers.surveys.commands import command

__all__ = ["command", "register"]

_CLICKS = {
    **dict.fromkeys(answering.RATES, answering.rate),
    ActionId.SURVEY_DECLINE: answering.declined,
    ActionId.SURVEY_OPT_OUT: answering.opted_out,
    ActionId.SURVEY_ASK: asking.clicked,
    ActionId.SURVEY_ASK_NOW: asking.requested,
    ActionId.SURVEY_ASK_CHANGE: asking.changed,
    ActionId.SURVEY_MAILED: clicks.mailed,
    ActionId.SURVEY_HOLD: holding.asked,
    ActionId.SURVEY_RESUME: holding.resumed,
    ActionId.SURVEY_WITHDRAW: asking.withdrawn,
    ActionId.SURVEY_CONTACTED: clicks.contacted,
    ActionId.SURVEY_SHOW: clicks.show,
    ActionId.SURVEY_LIST: clicks.listed,
    ActionId.SURVEY_PAGE_BACK: clicks.turned,
    ActionId.SURVEY_PAGE_ON: clicks.turned,
    ActionId.SURVEY_CHOOSE: clicks.choose,
    ActionId.SURVEY_MEANT: clicks.meant,
    ActionId.SURVEY_RECORD: clicks.record,
    ActionId.SURVEY_ASKED: clicks.asked,
    ActionId.SURVEY_NOT_CONTACTED: clicks.not_contacted,
    ActionId.SURVEY_EDIT: clicks.edit,
    ActionId.SURVEY_TAKE_BACK: clicks.take_back,
    ActionId.CONTACT_LIST: clicks.contacts,
    ActionId.CONTACT_ADD: clicks.add_contact,
    ActionId.CONTACT_NEXT: clicks.next_step,
    ActionId.CONTACT_RESTORE: clicks.restore_contact,
    ActionId.CONTACT_FORGET: forgetting.asked,
    ActionId.CONTACT_WHOM: forgetting.shown,
}
_SUBMISSIONS = {
    CallbackId.SURVEY_ASK: asking.previewed,
    CallbackId.SURVEY_HOLD: holding.held,
    CallbackId.SURVEY_SEND: asking.sent,
    CallbackId.SURVEY_ANSWER: answering.answered,
    CallbackId.SURVEY_RECORD: submissions.record,
    CallbackId.SURVEY_EDIT: submissions.edit,
    CallbackId.CONTACT_SAVE: submissions.save_contact,
    CallbackId.CONTACT_FORGET: forgetting.confirmed,
}


def register(routes: Routes) -> None:
    """Register buttons and modals; the command itself is registered with all commands."""
    routes.clicks(_CLICKS)
    routes.submissions(_SUBMISSIONS)
