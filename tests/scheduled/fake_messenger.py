"""A chat program for tests: it remembers what it is asked to do, and fails where it is told to."""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from models.read_models import Profile
from models.rules.delivery import Operation
from models.services.outbox.turns import SentMessage
from scheduled.ports import ChannelFacts, MessengerError, NotSent
from scheduled.posts import File, Post

CHANNEL = "C0ACME"


@dataclass(frozen=True)
class Call:
    """One call that the messenger was asked for."""

    what: Operation
    where: str
    text: str = ""
    about: str | None = None
    key: str | None = None


@dataclass
class FakeMessenger:
    """Remembers what it is asked for. ``trouble`` may raise for a call, before or after it happened."""

    trouble: Callable[[Call], None] = lambda _: None
    facts: Callable[[str], ChannelFacts] = lambda _: ChannelFacts(None)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    arrives: bool = True
    """Whether a call happened that ends in trouble."""
    there: dict[str, SentMessage] = field(default_factory=dict)
    """What can be found, by its key."""
    sought: list[tuple[str, str, datetime, str | None]] = field(default_factory=list)
    """What was looked for: where, which key, since when, in which thread."""
    hidden: Exception | None = None
    """What becomes of a look for a message."""
    granted: list[timedelta] = field(default_factory=list)
    """How long after the beginning of each its calls might last."""
    looks: list[str] = field(default_factory=list)
    asked_about: list[str] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ending_within(self, duration: timedelta) -> AbstractContextManager[None]:
        self.granted.append(duration)
        return nullcontext()

    def _make(self, call: Call) -> SentMessage:
        with self._lock:
            self.calls.append(call)
            sent = SentMessage(call.where, f"{next(self._numbers)}.0")
        try:
            self.trouble(call)
        except NotSent:
            raise
        except BaseException:
            self._keep(call, sent if self.arrives else None)
            raise
        self._keep(call, sent)
        return sent

    def _keep(self, call: Call, sent: SentMessage | None) -> None:
        if call.key and sent:
            self.there[call.key] = sent

    def post(self, channel_id: str, post: Post, *, key: str) -> SentMessage:
        return self._make(Call(Operation.POST, channel_id, said(post), key=key))

    def reply(self, to: SentMessage, post: Post, *, key: str) -> SentMessage:
        return self._make(Call(Operation.REPLY, to.channel_id, said(post), to.ts, key))

    def update(self, message: SentMessage, post: Post) -> None:
        self._make(Call(Operation.UPDATE, message.channel_id, said(post), message.ts))

    def delete(self, message: SentMessage) -> None:
        self._make(Call(Operation.DELETE, message.channel_id, about=message.ts))

    def ephemeral(self, channel_id: str, recipient_id: str, post: Post) -> None:
        self._make(Call(Operation.EPHEMERAL, channel_id, said(post), recipient_id))

    def upload(self, channel_id: str, file: File, *, key: str, thread: SentMessage | None = None) -> None:
        about = thread.ts if thread else None
        self._make(Call(Operation.FILE, channel_id, file.comment, about=about, key=key))

    def find(
        self, channel_id: str, *, key: str, since: datetime, thread: SentMessage | None = None
    ) -> SentMessage | None:
        self.sought.append((channel_id, key, since, thread.ts if thread else None))
        if self.hidden is not None:
            raise self.hidden
        return self.there.get(key)

    def is_direct(self, channel_id: str) -> bool:
        return channel_id.startswith("U")

    def channel_facts(self, channel_id: str) -> ChannelFacts:
        self.looks.append(channel_id)
        return self.facts(channel_id)

    def profile(self, slack_user_id: str) -> Profile:
        self.asked_about.append(slack_user_id)
        return self.profiles[slack_user_id]

    @property
    def texts(self) -> list[str]:
        """Return what was said, in order."""
        return [call.text for call in self.calls]


def said(post: Post) -> str:
    """Return a post's sections as one text."""
    return "\n".join(section.text for section in post.sections)


def failing(*errors: MessengerError | None) -> Callable[[Call], None]:
    """Return a trouble that raises these in turn, and then nothing more; None lets a call pass."""
    left = list(errors)

    def trouble(_: Call) -> None:
        error = left.pop(0) if left else None
        if error is not None:
            raise error

    return trouble
