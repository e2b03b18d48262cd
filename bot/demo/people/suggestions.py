"""Selects whose options the bot suggests while a person types."""

import logging

from bot.demo.errors import SlackError
from bot.demo.limits import check_suggestions
from bot.demo.outward.dispatch import Dispatcher
from bot.demo.outward.payloads import Payloads
from bot.demo.people.outcomes import GONE, TROUBLE
from bot.demo.state.block_ids import Placed, find_element
from bot.demo.state.workspace import Workspace
from bot.demo.values import JsonObject, OpenView
from models.value import Value

_log = logging.getLogger(__name__)
_DEFAULT_LENGTH = 3
_NO_ADDRESS = "The app's manifest names no message_menu_options_url, so Slack cannot ask it for options."


class Suggested(Value):
    """The groups of options to choose from, or Slack's sentence for the person."""

    groups: list[JsonObject]
    error: str | None = None


_FAILED = Suggested([], TROUBLE)


class Suggestions:
    """Asks the bot what a select has on offer."""

    def __init__(self, workspace: Workspace, dispatcher: Dispatcher, payloads: Payloads) -> None:
        """Take the state, the way to the bot, and the wording of what it receives."""
        self._workspace = workspace
        self._dispatcher = dispatcher
        self._payloads = payloads

    async def ask(self, user_id: str, view_id: str, name: tuple[str, str], typed: str) -> Suggested:
        """Ask for what was typed in the select of that block id and action id."""
        person, opened = self._workspace.person(user_id), self._top(user_id, view_id)
        placed = find_element(opened.view["blocks"], *name) if opened else None
        if person is None or opened is None or placed is None or placed.element["type"] != "external_select":
            return Suggested([], GONE.error)
        if len(typed) < placed.element.get("min_query_length", _DEFAULT_LENGTH):
            return Suggested([])
        if not self._workspace.suggests_options:
            return self._refused(_NO_ADDRESS)
        answer = await self._dispatcher.interact(self._payloads.suggestion(person, opened, placed, typed))
        return _FAILED if answer.failure else self._offered(opened, placed, answer.payload)

    def _offered(self, opened: OpenView, placed: Placed, answer: JsonObject | None) -> Suggested:
        try:
            groups = check_suggestions(answer)
        except SlackError as error:
            return self._refused(f"The options that the bot suggests are refused: {error}")
        if self._workspace.modals.find(opened.id) is None:
            return Suggested([], GONE.error)
        options = [option for group in groups for option in group["options"]]
        self._workspace.modals.offer(opened.id, (placed.block_id, placed.action_id), options)
        return Suggested(groups)

    def _top(self, user_id: str, view_id: str) -> OpenView | None:
        return next((view for view in self._workspace.views_of(user_id)[-1:] if view.id == view_id), None)

    def _refused(self, why: str) -> Suggested:
        _log.error(why)
        self._workspace.notice(why)
        return _FAILED
