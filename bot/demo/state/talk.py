"""What was said where, what of it a person sees, and how far each has read."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bot.demo.state.directory import Directory
from bot.demo.state.timestamps import Timestamps
from bot.demo.story import Story
from bot.demo.values import Message
from models.value import replace

Marks = Mapping[tuple[str, str], str]


class Talk:
    """The messages of all conversations, each named by its ``ts``."""

    def __init__(self, directory: Directory, clock: Callable[[], float]) -> None:
        """Take who is where, and the clock, in seconds since 1970."""
        self._directory = directory
        self._clock = clock
        self._messages: dict[str, dict[str, Message]] = defaultdict(dict)
        self._read: dict[tuple[str, str], str] = {}
        self._timestamps = Timestamps(clock)

    def new(self, conversation_id: str, user_id: str, text: str, **rest: Any) -> Message:  # noqa: ANN401 - a message's other fields.
        """Return a message of this moment, which nobody sees until it is kept."""
        ts = self._timestamps.next()
        return Message(ts=ts, conversation_id=conversation_id, user_id=user_id, text=text, **rest)

    def begin(self, story: Story) -> None:
        """Fill in what was said before, which everybody has read."""
        start = self._clock()
        for said in sorted(story.said, key=lambda said: -said.minutes_ago):
            channel, author = story.conversation(said.channel), story.person(said.person)
            ts = self._timestamps.next(start - said.minutes_ago * 60)
            self.keep(Message(ts=ts, conversation_id=channel.id, user_id=author.id, text=said.text))
            self._read.update({(member, channel.id): ts for member in channel.member_ids})

    def keep(self, message: Message) -> None:
        """Add a message, or put it in the place of what it said until now."""
        self._messages[message.conversation_id][message.ts] = message

    def drop(self, message: Message) -> None:
        """Take a message away."""
        del self._messages[message.conversation_id][message.ts]

    def with_reply(self, reply: Message, more: int) -> Message | None:
        """Return the message that the reply hangs on with its count changed, if all can see the reply."""
        if reply.thread_ts is None or reply.ephemeral_to is not None:
            return None
        parent = self.find(reply.conversation_id, reply.thread_ts)
        return replace(parent, reply_count=parent.reply_count + more) if parent else None

    def find(self, conversation_id: str, ts: str) -> Message | None:
        """Find a message."""
        return self._messages[conversation_id].get(ts)

    def all(self) -> Iterator[Message]:
        """Walk through all messages, oldest first within a conversation."""
        for conversation in self._messages.values():
            yield from conversation.values()

    def seen(self, conversation_id: str, viewer_id: str) -> list[Message]:
        """List all that the viewer sees in the conversation, oldest first."""
        conversation = self._directory.conversation(conversation_id)
        if conversation is None or viewer_id not in conversation.member_ids:
            return []
        all_messages = self._messages[conversation_id].values()
        return [each for each in all_messages if each.ephemeral_to in (None, viewer_id)]

    def timeline(self, conversation_id: str, viewer_id: str) -> list[Message]:
        """List what the viewer sees, without the replies in threads."""
        return [each for each in self.seen(conversation_id, viewer_id) if each.thread_ts is None]

    def sees_file(self, user_id: str, file_id: str) -> bool:
        """Tell whether the person can read a message that brings the file."""
        return any(
            file_id in message.file_ids
            for each in self._directory.conversations_of(user_id)
            for message in self.seen(each.id, user_id)
        )

    def unread(self, user_id: str) -> dict[str, int]:
        """Count what others said since the person last looked, for conversations where there is something."""
        mine = self._directory.conversations_of(user_id)
        counts = {each.id: self._unread_in(each.id, user_id) for each in mine}
        return {conversation_id: count for conversation_id, count in counts.items() if count}

    def read(self, user_id: str, conversation_id: str) -> bool:
        """Remember that the person has seen all there is; False where they had already."""
        latest = next(reversed(self._messages[conversation_id]), "")
        if self._read.get((user_id, conversation_id), "") == latest:
            return False
        self._read[user_id, conversation_id] = latest
        return True

    @property
    def marks(self) -> Marks:
        """Return up to which message each (person, conversation) has been read."""
        return self._read

    def restore(self, messages: Iterable[Message], read: Marks) -> None:
        """Take up where an earlier run ended, in place of the story's past."""
        self._messages.clear()
        for message in messages:
            is_known = self._directory.conversation(message.conversation_id)
            if is_known and self._directory.person(message.user_id):
                self.keep(message)
                self._timestamps.skip_past(message.ts)
        self._read = dict(read)

    def _unread_in(self, conversation_id: str, user_id: str) -> int:
        since = self._read.get((user_id, conversation_id), "")
        return sum(
            each.ts > since and each.user_id != user_id and each.ephemeral_to is None
            for each in self.timeline(conversation_id, user_id)
        )
