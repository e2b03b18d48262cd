"""``/risk``, its buttons and its modals: parse, one service call, one view."""

from handlers.callback_ids import CallbackId, ShortcutId
from handlers.edge.routes import Routes
from handlers.ids import ActionId
from handlers.risks import (
    acceptance,
    clicks,
    drafted,
    lists,
    moves,
    reports,
    responses,
    shortcuts,
    submissions,
)
from handlers.risks.commands import after_project, command
from models.rules.risks.moves import RiskMove

__all__ = ["after_project", "command", "register"]

_CLICKS = {
    ActionId.RISK_EDIT: clicks.edit,
    ActionId.RISK_SCORE: clicks.score,
    ActionId.RISK_REJECT: moves.clicked(RiskMove.REJECT),
    ActionId.RISK_CLOSE: moves.clicked(RiskMove.CLOSE),
    ActionId.RISK_REOPEN: moves.reopen,
    ActionId.RISK_NEXT: moves.next_step,
    ActionId.RISK_RESPOND: responses.respond_clicked,
    ActionId.RISK_LEFT: clicks.left,
    ActionId.RISK_REVIEW: moves.review_clicked,
    ActionId.RISK_APPROVE: acceptance.approve,
    ActionId.RISK_NOT_YET: acceptance.not_yet,
    ActionId.RISK_DETAILS: clicks.details,
    ActionId.RISK_UNDO: clicks.undo,
    ActionId.RISK_TAKE_BACK: clicks.take_back,
    ActionId.RISK_NEW: clicks.new,
    ActionId.RISK_LIST: lists.turned,
    ActionId.RISK_LIST_OPEN: lists.turned,
    ActionId.RISK_LIST_MINE: lists.turned,
    ActionId.RISK_LIST_STALE: lists.turned,
    ActionId.RISK_LIST_ALL: lists.turned,
    ActionId.RISK_PAGE_BACK: lists.turned,
    ActionId.RISK_PAGE_ON: lists.turned,
    ActionId.DRAFT_RISK: drafted.log,
    ActionId.RISK_MATRIX: reports.clicked(reports.matrix),
    ActionId.RISK_MATRIX_ALL: reports.clicked(reports.matrix),
    ActionId.RISK_BURNDOWN: reports.clicked(reports.burn_down),
    ActionId.RISK_BURNDOWN_ALL: reports.clicked(reports.burn_down),
    ActionId.RISK_LOG_ANYWAY: clicks.log_anyway,
    ActionId.RISK_MEANT: clicks.meant,
    ActionId.RISK_FORM_MORE: clicks.unfold,
    ActionId.RISK_FORM_LEVEL_P: clicks.redraw,
    ActionId.RISK_FORM_KIND: clicks.redraw,
    ActionId.RISK_FORM_LEVEL_I: clicks.redraw,
}
_SUBMISSIONS = {
    CallbackId.RISK_LOG: submissions.log,
    CallbackId.RISK_EDIT: submissions.edit,
    CallbackId.RISK_SCORE: submissions.score,
    CallbackId.RISK_MOVE: submissions.move,
    CallbackId.RISK_NOT_YET: acceptance.refused,
    CallbackId.RISK_RESPOND: responses.respond,
    CallbackId.RISK_REASSESS: responses.reassess,
    CallbackId.RISK_REVIEW: submissions.review,
}


_SHORTCUTS = {
    ShortcutId.RISK_NEW: shortcuts.new,
    ShortcutId.RISK_FROM_MESSAGE: shortcuts.from_message,
}


def register(routes: Routes) -> None:
    """Register buttons, modals and shortcuts; the command itself is registered with all commands."""
    routes.clicks(_CLICKS)
    routes.submissions(_SUBMISSIONS)
    routes.shortcuts(_SHORTCUTS)
