"""The demo workspace's state: who is there, what was said, which modals are open."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.demo.state.app_manifest import (
    app_of,
    commands_of,
    shortcuts_of,
    suggests_options,
)
from bot.demo.state.block_ids import filled_in
from bot.demo.state.directory import Directory
from bot.demo.state.escaping import Escaper
from bot.demo.state.files import File, Files
from bot.demo.state.happenings import Happening, What
from bot.demo.state.homes import Homes
from bot.demo.state.modals import Modals
from bot.demo.state.subscriptions import Subscription, Subscriptions
from bot.demo.state.timestamps import Timestamps
from bot.demo.story import Story
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


class Workspace:
    """Everything a Slack workspace remembers. It lives on one event loop and is not for other threads."""

    def __init__(self, story: Story, manifest: Mapping[str, object], clock: Callable[[], float]) -> None:
        """Take the cast, the app's manifest and the clock, in seconds since 1970."""
        self.team = story.team
        self.teams = {team.id: team for team in (story.team, *story.teams)}
        self.app = app_of(manifest)
        self.commands = commands_of(manifest)
        self.shortcuts = shortcuts_of(manifest)
        self.suggests_options = suggests_options(manifest)
        self.clock = clock
        self.on_change: Callable[[], None] = lambda: None
        self.on_happening: Callable[[Happening], None] = lambda _happening: None
        self._subscriptions = Subscriptions()
        self.files = Files(clock)
        self.modals = Modals(clock, self._modal_changed)
        self.homes = Homes(clock, self._home_changed)
        self.directory = Directory(story, manifest, self._happened_there)
        self.escaper = Escaper(self.directory.everybody, self.directory.conversations)
        self._messages: dict[str, dict[str, Message]] = defaultdict(dict)
        self._read: dict[tuple[str, str], str] = {}
        self._timestamps = Timestamps(clock)
        self._fill_in_the_past(story)

    # Who and where.

    @property
    def people(self) -> tuple[Person, ...]:
        """Return whom a visitor may be."""
        return self.directory.people

    def person(self, user_id: str) -> Person | None:
        """Find anybody who may have written a message."""
        return self.directory.person(user_id)

    def conversation(self, conversation_id: str) -> Conversation | None:
        """Find a conversation."""
        return self.directory.conversation(conversation_id)

    def conversations_of(self, user_id: str) -> list[Conversation]:
        """List the conversations the person is in: channels by name, then the app's direct message."""
        return self.directory.conversations_of(user_id)

    def channels_seen_by(self, user_id: str) -> list[Conversation]:
        """List the channels that the person can choose: public ones, and the private ones they are in."""
        return self.directory.channels_seen_by(user_id)

    def direct_message(self, user_id: str) -> Conversation | None:
        """Find the app's direct message with the person."""
        return self.directory.direct_message(user_id)

    # What was said.

    def timeline(self, conversation_id: str, viewer_id: str) -> list[Message]:
        """List what the viewer sees in the conversation, oldest first, without the replies in threads."""
        return [each for each in self._seen(conversation_id, viewer_id) if each.thread_ts is None]

    def thread(self, conversation_id: str, thread_ts: str, viewer_id: str) -> list[Message]:
        """List a thread: the message it hangs on, then its replies."""
        seen = self._seen(conversation_id, viewer_id)
        return [each for each in seen if thread_ts in (each.ts, each.thread_ts)]

    def message(self, conversation_id: str, ts: str) -> Message | None:
        """Find a message."""
        return self._messages[conversation_id].get(ts)

    def messages(self) -> Iterable[Message]:
        """Walk through all messages, oldest first within a conversation."""
        for conversation in self._messages.values():
            yield from conversation.values()

    def file_seen_by(self, user_id: str, file_id: str) -> File | None:
        """Find a file in a message that the person can read."""
        seen = (
            file_id in message.file_ids
            for each in self.conversations_of(user_id)
            for message in self._seen(each.id, user_id)
        )
        return self.files.find(file_id) if any(seen) else None

    def unread(self, user_id: str) -> dict[str, int]:
        """Count what others said since the person last looked, for conversations where there is something."""
        counts = {each.id: self._unread_in(each.id, user_id) for each in self.conversations_of(user_id)}
        return {conversation_id: count for conversation_id, count in counts.items() if count}

    def mark_read(self, user_id: str, conversation_id: str) -> None:
        """Remember that the person has seen all there is."""
        latest = next(reversed(self._messages[conversation_id]), "")
        if self._read.get((user_id, conversation_id), "") != latest:
            self._read[user_id, conversation_id] = latest
            self._tell(Change(ChangeKind.CONVERSATION, conversation_id), {user_id})

    def post(
        self,
        conversation_id: str,
        user_id: str,
        text: str,
        *,
        blocks: list[JsonObject] | None = None,
        ephemeral_to: str | None = None,
        thread_ts: str | None = None,
        metadata: JsonObject | None = None,
    ) -> Message:
        """Add a message at the present moment."""
        message = Message(
            ts=self._timestamps.next(),
            conversation_id=conversation_id,
            user_id=user_id,
            text=text,
            blocks=filled_in(blocks or []),
            ephemeral_to=ephemeral_to,
            thread_ts=thread_ts,
            metadata=metadata,
            is_bot=self._is_bot(user_id),
        )
        self._keep(message)
        parent = self.message(conversation_id, thread_ts) if thread_ts else None
        if parent is not None and ephemeral_to is None:
            self._keep(replace(parent, reply_count=parent.reply_count + 1))
        self._tell_the_app(What.POSTED, message)
        return message

    def post_files(self, conversation_id: str, user_id: str, text: str, file_ids: list[str]) -> Message:
        """Add a message that brings files."""
        message = Message(
            ts=self._timestamps.next(),
            conversation_id=conversation_id,
            user_id=user_id,
            text=text,
            is_bot=self._is_bot(user_id),
            file_ids=file_ids,
        )
        self._keep(message)
        self._tell_the_app(What.POSTED, message)
        return message

    def report(self, conversation_id: str, user_id: str, subtype: str, text: str, by: str = "") -> Message:
        """Add a line of Slack's own about what somebody did, perhaps because of another person."""
        message = Message(
            ts=self._timestamps.next(),
            conversation_id=conversation_id,
            user_id=user_id,
            text=text,
            subtype=subtype,
            inviter_id=by,
        )
        self._keep(message)
        self._tell_the_app(What.POSTED, message)
        return message

    def edit(
        self, message: Message, text: str, blocks: list[JsonObject], metadata: JsonObject | None
    ) -> Message:
        """Replace what a message says."""
        changed = replace(message, text=text, blocks=filled_in(blocks), metadata=metadata, edited=True)
        self._keep(changed)
        self._tell_the_app(What.EDITED, changed, message)
        return changed

    def delete(self, message: Message) -> None:
        """Take a message away; where replies hang on it, a line says that it was deleted."""
        self._tell_the_app(What.DELETED, message, message)
        if message.reply_count:
            grave = replace(
                message, text="This message was deleted.", blocks=[], file_ids=[], is_tombstone=True
            )
            self._keep(grave)
            return
        del self._messages[message.conversation_id][message.ts]
        parent = self.message(message.conversation_id, message.thread_ts) if message.thread_ts else None
        if parent is not None and message.ephemeral_to is None:
            self._keep(replace(parent, reply_count=parent.reply_count - 1))
        self._announce(message, ChangeKind.DELETED)

    def restore(self, messages: Iterable[Message], read: Mapping[tuple[str, str], str]) -> None:
        """Take up where an earlier run ended, in place of the story's past."""
        self._messages.clear()
        for message in messages:
            if self.conversation(message.conversation_id) and self.person(message.user_id):
                self._messages[message.conversation_id][message.ts] = message
                self._timestamps.skip_past(message.ts)
        self._read = dict(read)

    @property
    def read_marks(self) -> Mapping[tuple[str, str], str]:
        """Return up to which message each (person, conversation) has been read."""
        return self._read

    # What is open, and who hears of it.

    def views_of(self, user_id: str) -> list[OpenView]:
        """List the person's open modals, bottom to top."""
        return self.modals.of(user_id)

    def subscribe(self, user_id: str) -> Subscription:
        """Receive every change the person may see, from now on."""
        return self._subscriptions.add(user_id)

    def notice(self, text: str) -> None:
        """Show everybody a passing sentence."""
        self._tell(Change(ChangeKind.NOTICE, text=text), {person.id for person in self.people})

    def exchanged(self) -> None:
        """Let every page know that something went between Slack and the bot."""
        self._tell_all(Change(ChangeKind.EXCHANGE))

    def bot_changed(self) -> None:
        """Let every page know that the bot does otherwise than before."""
        self._tell_all(Change(ChangeKind.BOT))

    def end_subscriptions(self) -> None:
        """Let all pages go."""
        self._subscriptions.end()

    def _fill_in_the_past(self, story: Story) -> None:
        start = self.clock()
        for said in sorted(story.said, key=lambda said: -said.minutes_ago):
            channel = story.conversation(said.channel)
            author = story.person(said.person)
            ts = self._timestamps.next(start - said.minutes_ago * 60)
            message = Message(ts=ts, conversation_id=channel.id, user_id=author.id, text=said.text)
            self._messages[channel.id][ts] = message
            self._read.update({(member, channel.id): ts for member in channel.member_ids})

    def _is_bot(self, user_id: str) -> bool:
        author = self.person(user_id)
        return author is not None and author.is_bot

    def _seen(self, conversation_id: str, viewer_id: str) -> Iterable[Message]:
        conversation = self.conversation(conversation_id)
        if conversation is None or viewer_id not in conversation.member_ids:
            return []
        all_messages = self._messages[conversation_id].values()
        return [each for each in all_messages if each.ephemeral_to in (None, viewer_id)]

    def _unread_in(self, conversation_id: str, user_id: str) -> int:
        since = self._read.get((user_id, conversation_id), "")
        return sum(
            each.ts > since and each.user_id != user_id and each.ephemeral_to is None
            for each in self.timeline(conversation_id, user_id)
        )

    def _keep(self, message: Message) -> None:
        self._messages[message.conversation_id][message.ts] = message
        self._announce(message, ChangeKind.MESSAGE)

    def _announce(self, message: Message, kind: ChangeKind) -> None:
        conversation = self.conversation(message.conversation_id)
        members = conversation.member_ids if conversation else ()
        audience = {message.ephemeral_to} if message.ephemeral_to else set(members)
        self._tell(Change(kind, message.conversation_id, message.ts), audience)

    def _tell_the_app(self, what: What, message: Message, before: Message | None = None) -> None:
        """Let the app hear of a message, unless only one person sees it."""
        conversation = self.conversation(message.conversation_id)
        if message.ephemeral_to is None and conversation is not None:
            author = self.person(message.user_id)
            self.on_happening(
                Happening(what=what, conversation=conversation, person=author, message=message, before=before)
            )

    def _happened_there(self, happening: Happening) -> None:
        """Show on every page, and to the app, what changed about people and conversations."""
        conversation = happening.conversation
        change = Change(ChangeKind.CONVERSATION, conversation.id if conversation else None)
        self._tell(change, {person.id for person in self.people})
        self.on_happening(happening)

    def _home_changed(self, user_id: str) -> None:
        self._tell(Change(ChangeKind.HOME), {user_id})

    def _modal_changed(self, user_id: str) -> None:
        self._tell(Change(ChangeKind.VIEW), {user_id})

    def _tell_all(self, change: Change) -> None:
        """Tell every page of something that is not kept."""
        self._subscriptions.tell(change, {person.id for person in self.people})

    def _tell(self, change: Change, user_ids: set[str]) -> None:
        self._subscriptions.tell(change, user_ids)
        self.on_change()
