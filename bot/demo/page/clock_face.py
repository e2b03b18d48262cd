"""The workspace's clock as one person sees it, with what the bot said while it was put forward."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from markupsafe import Markup

from bot.demo.page.reader import Reader
from bot.demo.time.travels import Journey, Travels
from bot.demo.values import ConversationKind, Message

_MOST_SHOWN = 40
_LENGTHS = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))


@dataclass(frozen=True)
class Event:
    """Something that the bot said; ``address`` and ``text`` are empty where the reader cannot look."""

    key: str
    at: datetime
    place: str
    address: str = ""
    text: str | Markup = ""


@dataclass(frozen=True)
class ClockFace:
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
            if count := ahead // length:
                return f"{count} {name}{'s' if count > 1 else ''}"
        return "less than a minute" if ahead else ""

    @property
    def year(self) -> str:
        """The year, where it is no longer the machine's."""
        is_same = self.now.year == self.local(self.travels.clock.machine()).year
        return "" if is_same else f", {self.now.year}"

    @property
    def scheduled(self) -> datetime | None:
        """The next thing that is scheduled, as far as is known."""
        ahead = self.travels.ahead
        if ahead is None or ahead.scheduled is None or ahead.scheduled <= self.travels.clock():
            return None
        return self.local(ahead.scheduled)

    @property
    def journey(self) -> Journey | None:
        """The way that the clock is on, or was on last."""
        return self.travels.journey

    def local(self, instant: datetime) -> datetime:
        """Return an instant in the reader's zone."""
        return instant.astimezone(self.reader.zone)

    def events(self) -> list[Event]:
        """List what the bot said on the last way, the newest first."""
        said = sorted(self._said(), key=lambda message: float(message.ts), reverse=True)
        return [self._event(message) for message in islice(said, _MOST_SHOWN)]

    def _said(self) -> Iterator[Message]:
        journey, workspace = self.journey, self.reader.workspace
        if journey is None:
            return
        until = journey.at.timestamp() if journey.is_over else float("inf")
        for message in workspace.messages():
            is_ours = message.user_id == workspace.app.bot_user_id and message.ephemeral_to is None
            if is_ours and journey.begun.timestamp() <= float(message.ts) <= until:
                yield message

    def _event(self, message: Message) -> Event:
        reader = self.reader
        at = datetime.fromtimestamp(float(message.ts), reader.zone)
        conversation = reader.workspace.conversation(message.conversation_id)
        if conversation is None:
            return Event(message.ts, at, "somewhere else")
        is_direct = conversation.kind is ConversationKind.IM
        if reader.person.id not in conversation.member_ids:
            others = [person for each in conversation.member_ids if (person := reader.workspace.person(each))]
            people = ", ".join(person.real_name for person in others if not person.is_bot)
            is_open = conversation.kind is ConversationKind.CHANNEL
            place = people if is_direct else f"#{conversation.name}" if is_open else "a private channel"
            return Event(message.ts, at, place)
        address = f"/client/{reader.person.id}/{conversation.id}"
        if message.thread_ts:
            address += f"?thread={message.thread_ts}"
        place = "you" if is_direct else f"#{conversation.name}"
        first = (message.text.splitlines() or [""])[0]
        return Event(message.ts, at, place, address, reader.message_text(first))
