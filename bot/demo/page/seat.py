"""A person in front of a conversation."""

from bot.demo.page.reader import Reader
from bot.demo.values import Conversation, ConversationKind
from models.value import Value


def title_of(conversation: Conversation) -> str:
    """Return a conversation's name as the composer and the window's title say it."""
    return conversation.name if conversation.kind is ConversationKind.IM else f"#{conversation.name}"


class Seat(Value):
    """A person in front of a conversation."""

    reader: Reader
    conversation: Conversation

    @property
    def path(self) -> str:
        """The end of every address that concerns this person and conversation."""
        return f"{self.reader.person.id}/{self.conversation.id}"

    @property
    def placeholder(self) -> str:
        """The words in the empty composer."""
        return f"Message {title_of(self.conversation)}"
