"""The demo workspace's state: who is there, what was said, which modals are open."""

from collections.abc import Callable, Iterable, Mapping

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
from bot.demo.state.talk import Marks, Talk
from bot.demo.story import Story
from bot.demo.values import (
    Change,
    ChangeKind,
    Conversation,
    JsonObject,
    Message,
    OpenView,
    Person,
)
from models.value import replace


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
        self.on_said: Callable[[Message, What], None] = lambda _message, _what: None
        self._subscriptions = Subscriptions()
        self.files = Files(clock)
        self.modals = Modals(clock, self._modal_changed)
        self.homes = Homes(clock, self._home_changed)
        self.directory = Directory(story, manifest, self._happened_there)
        self.escaper = Escaper(self.directory.everybody, self.directory.conversations)
        self._talk = Talk(self.directory, clock)
        self._talk.begin(story)

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
        return self._talk.timeline(conversation_id, viewer_id)

    def thread(self, conversation_id: str, thread_ts: str, viewer_id: str) -> list[Message]:
        """List a thread: the message it hangs on, then its replies."""
        seen = self._talk.seen(conversation_id, viewer_id)
        return [each for each in seen if thread_ts in (each.ts, each.thread_ts)]

    def message(self, conversation_id: str, ts: str) -> Message | None:
        """Find a message."""
        return self._talk.find(conversation_id, ts)

    def messages(self) -> Iterable[Message]:
        """Walk through all messages, oldest first within a conversation."""
        return self._talk.all()

    def file_seen_by(self, user_id: str, file_id: str) -> File | None:
        """Find a file in a message that the person can read."""
        return self.files.find(file_id) if self._talk.sees_file(user_id, file_id) else None

    def unread(self, user_id: str) -> dict[str, int]:
        """Count what others said since the person last looked, for conversations where there is something."""
        return self._talk.unread(user_id)

    def mark_read(self, user_id: str, conversation_id: str) -> None:
        """Remember that the person has seen all there is."""
        if self._talk.read(user_id, conversation_id):
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
        message = self._talk.new(
            conversation_id,
            user_id,
            text,
            blocks=filled_in(blocks or []),
            ephemeral_to=ephemeral_to,
            thread_ts=thread_ts,
            metadata=metadata,
        )
        return self._said(message)

    def post_files(
        self,
        conversation_id: str,
        user_id: str,
        text: str,
        file_ids: list[str],
        *,
        thread_ts: str | None = None,
    ) -> Message:
        """Add a message that brings files, perhaps into a thread."""
        message = self._talk.new(conversation_id, user_id, text, file_ids=file_ids, thread_ts=thread_ts)
        return self._said(message)

    def report(self, conversation_id: str, user_id: str, subtype: str, text: str, by: str = "") -> Message:
        """Add a line of Slack's own about what somebody did, perhaps because of another person."""
        return self._said(self._talk.new(conversation_id, user_id, text, subtype=subtype, inviter_id=by))

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
        self._talk.drop(message)
        if parent := self._talk.with_reply(message, -1):
            self._keep(parent)
        self._announce(message, ChangeKind.DELETED)

    def restore(self, messages: Iterable[Message], read: Marks) -> None:
        """Take up where an earlier run ended, in place of the story's past."""
        self._talk.restore(messages, read)

    @property
    def read_marks(self) -> Marks:
        """Return up to which message each (person, conversation) has been read."""
        return self._talk.marks

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

    def clock_changed(self) -> None:
        """Let everybody, and every page, go by another time."""
        self.directory.go_by(self.clock())
        self._tell_all(Change(ChangeKind.CLOCK))

    def end_subscriptions(self) -> None:
        """Let all pages go."""
        self._subscriptions.end()

    def _said(self, message: Message) -> Message:
        self._keep(message)
        if parent := self._talk.with_reply(message, +1):
            self._keep(parent)
        self._tell_the_app(What.POSTED, message)
        return message

    def _keep(self, message: Message) -> None:
        self._talk.keep(message)
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
            if message.user_id == self.app.bot_user_id and what is not What.DELETED:
                self.on_said(message, what)
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
