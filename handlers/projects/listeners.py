"""``/project``, its buttons and its modals: parse, one service call, one view."""

from collections.abc import Mapping

from handlers.callback_ids import CallbackId, SourceId
from handlers.edge.routes import Routes
from handlers.ids import ActionId
from handlers.projects import archiving, choosing, clicks, editing, health_checks, lists, making, team
from handlers.projects.commands import after_project, command
from handlers.projects.team_line import TeamVerb

__all__ = ["after_project", "command", "register"]

_CLICKS = {
    ActionId.PROJECT_SHOW: clicks.show,
    ActionId.PROJECT_HISTORY: clicks.show_history,
    ActionId.PROJECT_NEXT: clicks.next_step,
    ActionId.PROJECT_MEANT: clicks.meant,
    ActionId.PROJECT_EDIT: editing.clicked,
    ActionId.PROJECT_REOPEN: archiving.reopen_clicked,
    ActionId.HEALTH_CHECK: health_checks.asked,
    ActionId.TEAM_SHOW: team.shown,
    ActionId.TEAM_ADD: team.asked(TeamVerb.ADD),
    ActionId.TEAM_HAND_OVER: team.asked(TeamVerb.HAND_OVER),
    ActionId.TEAM_MARK: team.asked(TeamVerb.MARK),
    ActionId.TEAM_REMOVE: team.removed,
    ActionId.TEAM_UNMARK: team.unmarked,
    ActionId.PROJECT_LIST_MINE: lists.turned,
    ActionId.PROJECT_LIST_ALL: lists.turned,
    ActionId.PROJECT_LIST_ARCHIVED: lists.turned,
    ActionId.PROJECT_PAGE_BACK: lists.turned,
    ActionId.PROJECT_PAGE_ON: lists.turned,
}
_SUBMISSIONS = {
    CallbackId.PROJECT_EDIT: editing.submitted,
    CallbackId.PROJECT_ARCHIVE: archiving.submitted,
    CallbackId.HEALTH_CHECK: health_checks.submitted,
    CallbackId.TEAM_ADD: team.add_submitted,
    CallbackId.TEAM_HAND_OVER: team.hand_over_submitted,
    CallbackId.TEAM_MARK: team.mark_submitted,
}


def register(routes: Routes, go_on: Mapping[str, making.GoOn]) -> None:
    """Register buttons, modals and the search for projects.

    ``go_on`` takes up what waited for a new project, by its command.
    """
    making.register(routes, go_on)
    routes.choices({SourceId.PROJECT: choosing.suggest})
    routes.clicks(_CLICKS)
    routes.submissions(_SUBMISSIONS)
