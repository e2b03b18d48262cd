"""The workspace's clock as one person sees it, with what the bot said while it was put forward."""

from datetime import datetime, timedelta

from markupsafe import Markup

from bot.demo.page.reader import Reader
from bot.demo.time.travels import Journey, Note, Travels
from bot.demo.values import Conversation, ConversationKind
from models.value import Value

_MOST_SHOWN = 40
_LENGTHS = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))


class Event(Value):
    """Something that the bot said or changed; ``address`` and ``text`` are empty where the reader is not."""

    key: str
    at: datetime
    is_edit: bool
    place: str
    address: str = ""
    text: str | Markup = ""


class ClockFace(Value):
    """What the clock shows to one person."""

    reader: Reader
    travels: Travels

    @property
    def now(self) -> datetime:
        """The present moment in the reader's zone."""
        return self.local(self.travels.clock())

    @property
    def zone(self) -> str:
        """The last part of the zone's name, which fits on the clock."""
        return self.reader.person.tz.rpartition("/")[2].replace("_", " ")

    @property
    def from_utc(self) -> str:
        """How far the reader's zone is from UTC just now."""
        offset = f"{self.now:%z}"
        return f"UTC{offset[:3]}:{offset[3:]}"

    @property
    def ahead(self) -> str:
        """How far the clock was put forward, in words; empty where it never was."""
        ahead = self.travels.clock.ahead
        for name, length in _LENGTHS:
            # A journey of a day takes some seconds, by which the clock is less than a day ahead in the end.
            if count := (ahead + length / 20) // length:
                return f"{count} {name}{'s' if count > 1 else ''}"
        return "less than a minute" if ahead else ""

    @property
    def year(self) -> str:
        """The year, where it is no longer the machine's."""
        is_same = self.now.year == self.local(self.travels.clock.machine()).year
        return "" if is_same else f", {self.now.year}"

    @property
    def journey(self) -> Journey | None:
        """The way that the clock is on, or was on last."""
        return self.travels.journey

    def local(self, instant: datetime) -> datetime:
        """Return an instant in the reader's zone."""
        return instant.astimezone(self.reader.zone)

    def events(self) -> list[Event]:
        """List what the bot said on the last way, the newest first."""
        newest = self.travels.notes[: -_MOST_SHOWN - 1 : -1]
        return [event for note in newest if (event := self._event(note)) is not None]

    @property
    def unlisted(self) -> int:
        """How much more it said before that."""
        return max(0, len(self.travels.notes) - _MOST_SHOWN)

    def _event(self, note: Note) -> Event | None:
        reader, workspace = self.reader, self.reader.workspace
        conversation = workspace.conversation(note.conversation_id)
        message = workspace.message(note.conversation_id, note.ts)
        if conversation is None or message is None:
            return None
        key, at = f"{note.ts} {note.at:%d%H%M%S}", self.local(note.at)
        place = "you" if conversation.kind is ConversationKind.IM else f"#{conversation.name}"
        if reader.person.id not in conversation.member_ids:
            return Event(key, at, note.is_edit, self._place_of_others(conversation))
        address = f"/client/{reader.person.id}/{conversation.id}"
        if message.thread_ts:
            address += f"?thread={message.thread_ts}"
        first = (message.text.splitlines() or [""])[0]
        return Event(key, at, note.is_edit, place, address, reader.message_text(first))

    def _place_of_others(self, conversation: Conversation) -> str:
        """Name a place where the reader is not, as far as they may know of it."""
        if conversation.kind is ConversationKind.IM:
            people = (self.reader.workspace.person(each) for each in conversation.member_ids)
            return ", ".join(person.real_name for person in people if person and not person.is_bot)
        return (
            f"#{conversation.name}" if conversation.kind is ConversationKind.CHANNEL else "a private channel"
        )
