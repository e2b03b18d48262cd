"""What a person can do in the demo workspace: say, click, submit, close."""

import logging

from bot.demo.errors import SlackError
from bot.demo.outward.dispatch import Dispatcher
from bot.demo.outward.payloads import Payloads
from bot.demo.people.commands import Commands
from bot.demo.people.form_checks import form_errors
from bot.demo.people.outcomes import GONE, TROUBLE, Outcome
from bot.demo.people.submissions import apply
from bot.demo.people.suggestions import Suggestions
from bot.demo.state.block_ids import Placed, find_element
from bot.demo.state.happenings import Happening, What
from bot.demo.state.state_values import UnknownChoice, keeps_state, with_offers, with_typed
from bot.demo.state.workspace import Workspace
from bot.demo.values import (
    Conversation,
    ConversationKind,
    JsonObject,
    Message,
    OpenView,
    Person,
    RawValue,
    RawValues,
)
from models.value import Value

__all__ = ["Gestures", "MessageSource", "Outcome", "ViewSource"]

_log = logging.getLogger(__name__)


class MessageSource(Value):
    """The message in which something was clicked."""

    conversation_id: str
    ts: str


class ViewSource(Value):
    """The modal, or the app's Home, in which something was clicked."""

    view_id: str


class Gestures:
    """What the page does on behalf of the person in front of it."""

    def __init__(
        self, workspace: Workspace, dispatcher: Dispatcher, payloads: Payloads, commands: Commands
    ) -> None:
        """Take the state, the way to the bot, and the wording of what it receives."""
        self._workspace = workspace
        self._dispatcher = dispatcher
        self._payloads = payloads
        self._commands = commands
        self.membership = commands.membership
        self.suggestions = Suggestions(workspace, dispatcher, payloads)
        self._under_way: set[str] = set()

    async def say(
        self, user_id: str, conversation_id: str, text: str, thread_ts: str | None = None
    ) -> Outcome:
        """Send a message, or run a slash command when the text starts with a slash."""
        found = self._member(user_id, conversation_id)
        if found is None:
            return GONE
        person, conversation = found
        if conversation.is_archived:
            return Outcome(ok=False, error="This channel has been archived.")
        if conversation.kind is ConversationKind.IM and not self._may_write_to_app():
            return Outcome(ok=False, error="Sending messages to this app has been turned off.")
        if text.startswith("/"):
            return await self._commands.run(person, conversation, text, thread_ts)
        if not text.strip():
            return Outcome(ok=False)
        escaped = self._workspace.escaper.message(text.strip())
        self._workspace.post(conversation_id, user_id, escaped, thread_ts=thread_ts)
        return Outcome(ok=True)

    async def click(
        self,
        user_id: str,
        source: MessageSource | ViewSource,
        block_id: str,
        action_id: str,
        raw: RawValue = None,
        values: RawValues | None = None,
    ) -> Outcome:
        """Click a button or choose in an element that tells the bot at once."""
        try:
            if isinstance(source, ViewSource):
                return await self._click_in_view(user_id, source, (block_id, action_id), raw, values or {})
            return await self._click_in_message(user_id, source, (block_id, action_id), raw, values or {})
        except UnknownChoice as problem:
            return Outcome(ok=False, error=str(problem))

    async def shortcut(self, user_id: str, callback_id: str, source: MessageSource | None = None) -> Outcome:
        """Choose one of the app's shortcuts: in a message's menu, or without ``source`` anywhere."""
        on_message = source is not None
        offered = (each for each in self._workspace.shortcuts if each.is_on_message is on_message)
        shortcut = next((each for each in offered if each.callback_id == callback_id), None)
        person = self._workspace.person(user_id)
        if shortcut is None or person is None:
            return GONE
        if source is None:
            return await self._interact(self._payloads.shortcut_anywhere(person, shortcut))
        found = self._member(user_id, source.conversation_id)
        message = self._workspace.message(source.conversation_id, source.ts)
        if found is None or message is None or not has_menu(message):
            return GONE
        return await self._interact(self._payloads.shortcut_on_message(*found, message, shortcut))

    async def submit(self, user_id: str, view_id: str, values: RawValues) -> Outcome:
        """Press the modal's submit button; problems appear in the view's ``errors``."""
        opened, person = self._own_view(user_id, view_id), self._workspace.person(user_id)
        if opened is None or person is None:
            return GONE
        try:
            opened = self._remember(opened, values)
        except UnknownChoice as problem:
            return Outcome(ok=False, error=str(problem))
        errors = form_errors(opened.view["blocks"], opened.values)
        if errors != opened.errors:
            self._workspace.modals.show_errors(view_id, errors)
        if errors or view_id in self._under_way:
            return Outcome(ok=False)
        self._under_way.add(view_id)
        try:
            return await self._send_submission(person, opened)
        finally:
            self._under_way.discard(view_id)

    async def close(self, user_id: str, view_id: str) -> Outcome:
        """Close the modal without submitting it."""
        opened, person = self._own_view(user_id, view_id), self._workspace.person(user_id)
        if opened is None or person is None:
            return GONE
        self._workspace.modals.close(view_id)
        await self._tell_of_end(person, opened)
        return Outcome(ok=True)

    async def close_all(self, user_id: str) -> None:
        """Close whatever modals are open before the person, as Slack does when its page is loaded anew."""
        person, stack = self._workspace.person(user_id), self._workspace.views_of(user_id)
        if person is None or not stack:
            return
        self._workspace.modals.clear(user_id)
        for opened in reversed(stack):
            await self._tell_of_end(person, opened, all_at_once=True)

    async def _tell_of_end(self, person: Person, opened: OpenView, *, all_at_once: bool = False) -> None:
        if opened.view.get("notify_on_close"):
            is_cleared = all_at_once or bool(opened.view.get("clear_on_close"))
            await self._dispatcher.interact(self._payloads.closing(person, opened, is_cleared=is_cleared))

    async def _click_in_view(
        self, user_id: str, source: ViewSource, name: tuple[str, str], raw: RawValue, values: RawValues
    ) -> Outcome:
        person = self._workspace.person(user_id)
        opened = self._own_view(user_id, source.view_id) or self._own_home(user_id, source.view_id)
        placed = find_element(with_offers(opened.view["blocks"], opened.offered), *name) if opened else None
        if opened is None or person is None or placed is None:
            return GONE
        opened = self._remember(opened, _with_choice(values, placed, raw))
        if not placed.dispatches:
            return Outcome(ok=True)
        action = self._payloads.action(placed, raw)
        return await self._interact(self._payloads.click_in_view(person, opened, action))

    async def _click_in_message(
        self, user_id: str, source: MessageSource, name: tuple[str, str], raw: RawValue, values: RawValues
    ) -> Outcome:
        found = self._member(user_id, source.conversation_id)
        message = self._workspace.message(source.conversation_id, source.ts)
        if found is None or message is None or message.ephemeral_to not in (None, user_id):
            return GONE
        person, conversation = found
        placed = find_element(message.blocks, *name)
        if placed is None:
            return GONE
        action = self._payloads.action(placed, raw)
        chosen = with_typed(message.blocks, {}, _with_choice(values, placed, raw))
        payload = self._payloads.click_in_message(person, conversation, message, action, chosen)
        return await self._interact(payload)

    async def _interact(self, payload: JsonObject) -> Outcome:
        acknowledgement = await self._dispatcher.interact(payload)
        if acknowledgement.failure:
            return Outcome(ok=False, error=TROUBLE)
        return Outcome(ok=True)

    async def _send_submission(self, person: Person, opened: OpenView) -> Outcome:
        acknowledgement = await self._dispatcher.interact(self._payloads.submission(person, opened))
        if acknowledgement.failure:
            return Outcome(ok=False, error=TROUBLE)
        try:
            return apply(self._workspace.modals, opened, acknowledgement)
        except SlackError as error:
            _log.error("The bot's answer to the submitted modal is refused: %s", error)
            return Outcome(ok=False, error=TROUBLE)

    def _remember(self, opened: OpenView, shown: RawValues) -> OpenView:
        typed = with_typed(with_offers(opened.view["blocks"], opened.offered), opened.values, shown)
        if opened.view["type"] == "home":
            return self._workspace.homes.remember(opened.user_id, typed)
        return self._workspace.modals.remember(opened.id, typed)

    def open_app(self, user_id: str, tab: str) -> None:
        """Come to a tab of the app's, of which the app hears."""
        person, direct = self._workspace.person(user_id), self._workspace.direct_message(user_id)
        if person is not None and direct is not None:
            self._workspace.on_happening(
                Happening(what=What.HOME_OPENED, conversation=direct, person=person, word=tab)
            )

    def _may_write_to_app(self) -> bool:
        home = self._workspace.app.home
        return home.has_messages and not home.is_read_only

    def _member(self, user_id: str, conversation_id: str) -> tuple[Person, Conversation] | None:
        person = self._workspace.person(user_id)
        conversation = self._workspace.conversation(conversation_id)
        if person is None or conversation is None or user_id not in conversation.member_ids:
            return None
        return person, conversation

    def _own_view(self, user_id: str, view_id: str) -> OpenView | None:
        """Find the modal if it lies on top of the person's stack, where alone it can be touched."""
        top = self._workspace.views_of(user_id)[-1:]
        return next((view for view in top if view.id == view_id), None)

    def _own_home(self, user_id: str, view_id: str) -> OpenView | None:
        """Find what the app published in the person's Home, if it is that."""
        published = self._workspace.homes.of(user_id)
        return published if published is not None and published.id == view_id else None


def has_menu(message: Message) -> bool:
    """Tell whether shortcuts are offered on it: not on what one person sees, nor on Slack's own lines."""
    return not (message.ephemeral_to or message.is_tombstone or message.subtype)


def _with_choice(values: RawValues, placed: Placed, raw: RawValue) -> RawValues:
    """Add what was just chosen to what the form shows."""
    if not keeps_state(placed.element):
        return values
    return {**values, placed.block_id: {**values.get(placed.block_id, {}), placed.action_id: raw}}
