"""Slash commands: from what a person typed to the bot, and its answer back into the conversation."""

import logging

from bot.demo.api.responses import Reply, say
from bot.demo.errors import SlackError
from bot.demo.outward.dispatch import Acknowledgement, Dispatcher, Failure
from bot.demo.outward.payloads import Payloads
from bot.demo.people.membership import Membership
from bot.demo.people.outcomes import Outcome
from bot.demo.people.slack_commands import SlackCommands
from bot.demo.state.app_manifest import SLACKBOT_ID
from bot.demo.state.workspace import Workspace
from bot.demo.values import Conversation, Person
from models.value import Value

_log = logging.getLogger(__name__)
_NOT_VALID = (
    "`{command}` is not a valid command. In Slack, all messages that start with the “/” character are "
    "interpreted as commands.\n\nIf you are trying to send a message and not run a command, try preceding "
    "the “/” with an empty space."
)
_NOT_IN_THREADS = "`{command}` is not supported in threads. Sorry!"
_NO_ANSWER = "`{command}` failed because the app did not respond."
_FAILED = "`{command}` failed with the error “{code}”."


class _Here(Value):
    """Where a command was typed, and by whom."""

    conversation_id: str
    user_id: str
    thread_ts: str | None


class Commands:
    """Runs slash commands."""

    def __init__(self, workspace: Workspace, dispatcher: Dispatcher, payloads: Payloads) -> None:
        """Take the state, the way to the bot, and the wording of what it receives."""
        self._workspace = workspace
        self._dispatcher = dispatcher
        self._payloads = payloads
        self.membership = Membership(workspace)
        self._own = SlackCommands(workspace, self.membership)

    async def run(
        self, person: Person, conversation: Conversation, typed: str, thread_ts: str | None
    ) -> Outcome:
        """Run what starts with a slash, or let Slackbot say why not."""
        name, *rest = typed.split(maxsplit=1)
        command = next((each for each in self._workspace.commands if each.command == name), None)
        here = _Here(conversation.id, person.id, thread_ts)
        if command is None and self._own.knows(name):
            return self._run_own(here, person, conversation, typed)
        if command is None:
            return self._slackbot(here, _NOT_VALID.format(command=name))
        if thread_ts:
            return self._slackbot(here, _NOT_IN_THREADS.format(command=name))
        text = rest[0].strip() if rest else ""
        sent = self._workspace.escaper.command(text) if command.should_escape else text
        form = self._payloads.command(person, conversation, name, sent)
        acknowledgement = await self._dispatcher.send(form)
        return self._answer(here, typed, name, acknowledgement)

    def _run_own(self, here: _Here, person: Person, conversation: Conversation, typed: str) -> Outcome:
        name, _, text = typed.partition(" ")
        if here.thread_ts:
            return self._slackbot(here, _NOT_IN_THREADS.format(command=name))
        outcome = self._own.run(name, person, conversation, text)
        return outcome if outcome.ok else self._slackbot(here, outcome.error or "")

    def _answer(self, here: _Here, typed: str, name: str, acknowledgement: Acknowledgement) -> Outcome:
        if acknowledgement.failure is Failure.TIMEOUT:
            return self._slackbot(here, _NO_ANSWER.format(command=name))
        if acknowledgement.failure:
            return self._slackbot(here, _FAILED.format(command=name, code=acknowledgement.failure))
        payload = acknowledgement.payload or ({"text": acknowledgement.text} if acknowledgement.text else {})
        if not payload:
            return Outcome(ok=True)
        try:
            reply = Reply.parse(payload)
        except SlackError as error:
            _log.error("The bot's answer to %s is refused: %s", name, error)
            return self._slackbot(here, _FAILED.format(command=name, code=error.code))
        if reply.in_channel:
            self._workspace.post(here.conversation_id, here.user_id, typed)
        say(self._workspace, reply, here.conversation_id, here.user_id)
        return Outcome(ok=True)

    def _slackbot(self, here: _Here, text: str) -> Outcome:
        self._workspace.post(
            here.conversation_id,
            SLACKBOT_ID,
            text,
            ephemeral_to=here.user_id,
            thread_ts=here.thread_ts,
        )
        return Outcome(ok=False)
