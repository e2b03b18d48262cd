"""The demo workspace's state: who is there, what was said, which modals are open."""

from collections.abc import AsyncIterator

from bot.demo.values import (
    App,
    Change,
    ChangeKind,
    Command,
    Conversation,
    ConversationKind,
    JsonObject,
    Message,
    OpenView,
    Person,
    RawValue,
    RawValues,
    Team,
)

__all__ = [
    "App",
    "Change",
    "ChangeKind",
    "Command",
    "Conversation",
    "ConversationKind",
    "JsonObject",
    "Message",
    "OpenView",
    "Person",
    "RawValue",
    "RawValues",
    "Subscription",
    "Team",
    "Workspace",
]


class Subscription(AsyncIterator[Change]):
    """The changes one page waits for; it starts with the moment it is made."""

    async def __anext__(self) -> Change:
        """Wait for the next change; the iteration ends when the workspace closes."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop receiving."""


class Workspace:
    """Everything a Slack workspace remembers."""

    people: tuple[Person, ...]  # the twelve a visitor may be; not the bot, not Slackbot
    team: Team
    app: App
    commands: tuple[Command, ...]

    def person(self, user_id: str) -> Person | None:
        """Find anybody who may have written a message: people, the bot user, Slackbot."""
        raise NotImplementedError

    def conversation(self, conversation_id: str) -> Conversation | None:
        """Find a conversation."""
        raise NotImplementedError

    def conversations_of(self, user_id: str) -> list[Conversation]:
        """List the conversations the person is a member of: channels by name, then the app's direct message."""
        raise NotImplementedError

    def timeline(self, conversation_id: str, viewer_id: str) -> list[Message]:
        """List what the viewer sees in the conversation, oldest first, without the replies in threads."""
        raise NotImplementedError

    def thread(self, conversation_id: str, thread_ts: str, viewer_id: str) -> list[Message]:
        """List a thread: the message it hangs on, then its replies."""
        raise NotImplementedError

    def views_of(self, user_id: str) -> list[OpenView]:
        """List the person's open modals, bottom to top."""
        raise NotImplementedError

    def unread(self, user_id: str) -> dict[str, int]:
        """Count what others said since the person last looked, for conversations where there is something."""
        raise NotImplementedError

    def mark_read(self, user_id: str, conversation_id: str) -> None:
        """Remember that the person has seen all there is."""
        raise NotImplementedError

    def subscribe(self, user_id: str) -> Subscription:
        """Receive every change the person may see, from now on."""
        raise NotImplementedError
