"""Slack's own slash commands, as far as the demo has them: /invite, /remove, /archive."""

from collections.abc import Callable

from bot.demo.people.membership import Membership
from bot.demo.people.outcomes import Outcome
from bot.demo.state.workspace import Workspace
from bot.demo.values import Command, Conversation, Person

_Run = Callable[[Person, Conversation, str], Outcome]

OWN_COMMANDS = (
    Command("/archive", "Archive the channel", ""),
    Command("/invite", "Add somebody, or an app, to the channel", "@somebody"),
    Command("/remove", "Remove somebody, or an app, from the channel", "@somebody"),
)


class SlackCommands:
    """Runs what Slack itself offers; the app hears of what comes of it by events only."""

    def __init__(self, workspace: Workspace, membership: Membership) -> None:
        """Take the state, and what changes channels."""
        self._workspace = workspace
        self._membership = membership
        self._runs: dict[str, _Run] = {
            "/archive": lambda by, where, _: membership.archive(by, where),
            "/invite": self._with_people(membership.invite),
            "/remove": self._with_people(membership.remove),
        }

    def knows(self, name: str) -> bool:
        """Tell whether it is a command of Slack's own."""
        return name in self._runs

    def run(self, name: str, by: Person, conversation: Conversation, text: str) -> Outcome:
        """Run it."""
        return self._runs[name](by, conversation, text)

    def _with_people(self, change: Callable[[Person, Conversation, str], Outcome]) -> _Run:
        """Make the change for each person or app that is named in the text."""

        def run(by: Person, conversation: Conversation, text: str) -> Outcome:
            handles = {person.name: person.id for person in self._workspace.directory.everybody}
            found = [handles.get(word.lstrip("@").lower()) for word in text.split()]
            if not found or None in found:
                return Outcome(ok=False, error="No one was found by that name. Try @ and a name.")
            for user_id in filter(None, found):
                present = self._workspace.conversation(conversation.id) or conversation
                outcome = change(by, present, user_id)
                if not outcome.ok:
                    return outcome
            return Outcome(ok=True)

        return run
