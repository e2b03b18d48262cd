"""What the bot may see and touch with its token."""

from bot.demo.api.arguments import Arguments
from bot.demo.errors import Code, MissingScope, SlackError
from bot.demo.state.workspace import Workspace
from bot.demo.values import Conversation, ConversationKind, Message

_READ_SCOPES = {
    ConversationKind.CHANNEL: "channels:read",
    ConversationKind.PRIVATE: "groups:read",
    ConversationKind.IM: "im:read",
}


class Access:
    """Finds what a call is about; refusals are raised as SlackError."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the state."""
        self._workspace = workspace

    def require_scope(self, scope: str) -> None:
        """Refuse a call for which the manifest did not ask permission."""
        if scope not in self._workspace.app.scopes:
            raise MissingScope(scope)

    def visible(self, channel_id: str) -> Conversation:
        """Find a conversation that the bot may know of: a private one only as its member."""
        conversation = self._workspace.conversation(channel_id)
        if conversation is None:
            raise SlackError(Code.CHANNEL_NOT_FOUND)
        is_public = conversation.kind is ConversationKind.CHANNEL
        if not is_public and self._workspace.app.bot_user_id not in conversation.member_ids:
            raise SlackError(Code.CHANNEL_NOT_FOUND)
        return conversation

    def readable(self, channel_id: str) -> Conversation:
        """Find a conversation about which the bot may ask."""
        conversation = self.visible(channel_id)
        self.require_scope(_READ_SCOPES[conversation.kind])
        return conversation

    def writable(self, channel_id: str) -> Conversation:
        """Find where to post: a person's id stands for the app's direct message with them."""
        direct = self._workspace.direct_message(channel_id) if channel_id[:1] in "UW" else None
        conversation = direct or self.visible(channel_id)
        if conversation.is_archived:
            raise SlackError(Code.IS_ARCHIVED)
        is_member = self._workspace.app.bot_user_id in conversation.member_ids
        if not is_member and "chat:write.public" not in self._workspace.app.scopes:
            raise SlackError(Code.NOT_IN_CHANNEL)
        return conversation

    def thread(self, conversation: Conversation, arguments: Arguments) -> str | None:
        """Return the thread to post in, if any; only a message that everybody sees can have one."""
        thread_ts = arguments.optional("thread_ts")
        if not thread_ts:
            return None
        parent = self._workspace.message(conversation.id, thread_ts)
        if parent is None or parent.ephemeral_to or parent.thread_ts:
            raise SlackError(Code.CANNOT_REPLY_TO_MESSAGE)
        return thread_ts

    def own_message(self, arguments: Arguments, refusal: Code) -> Message:
        """Find a message the bot may change; ephemeral ones can only be reached through a response url."""
        conversation = self.visible(arguments.required("channel"))
        message = self._workspace.message(conversation.id, arguments.required("ts"))
        if message is None or message.ephemeral_to or message.is_tombstone:
            raise SlackError(Code.MESSAGE_NOT_FOUND)
        if message.user_id != self._workspace.app.bot_user_id:
            raise SlackError(refusal)
        return message
