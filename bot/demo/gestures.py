"""What a person can do in the demo workspace: say, click, submit, close."""

from dataclasses import dataclass

from bot.demo.values import RawValue, RawValues


@dataclass(frozen=True)
class Outcome:
    """Whether the gesture went through; ``error`` is Slack's sentence for the person."""

    ok: bool
    error: str | None = None


@dataclass(frozen=True)
class MessageSource:
    """The message in which something was clicked."""

    conversation_id: str
    ts: str


@dataclass(frozen=True)
class ViewSource:
    """The modal in which something was clicked."""

    view_id: str


class Gestures:
    """What the page does on behalf of the person in front of it."""

    async def say(
        self, user_id: str, conversation_id: str, text: str, thread_ts: str | None = None
    ) -> Outcome:
        """Send a message, or run a slash command when the text starts with a slash."""
        raise NotImplementedError

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
        raise NotImplementedError

    async def submit(self, user_id: str, view_id: str, values: RawValues) -> Outcome:
        """Press the modal's submit button; problems appear in the view's ``errors``."""
        raise NotImplementedError

    async def close(self, user_id: str, view_id: str) -> Outcome:
        """Close the modal without submitting it."""
        raise NotImplementedError
