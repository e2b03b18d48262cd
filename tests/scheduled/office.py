"""The outbox with its sender, on a real database, for tests."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, select, update

from bot.wiring.clockwork import desk_of
from models.database import Database
from models.rules.delivery import MessageState, NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.outbox.outbox import Outbox
from models.services.people import People
from models.services.workspaces import Workspaces
from models.tables import lanes, outbox_messages
from scheduled.delivery import Deliverer
from scheduled.notices import Drawn, Notice, Occasion
from scheduled.outcomes import TIMING, Outcomes
from scheduled.ports import Clock
from scheduled.posts import Picture, Post, Text
from scheduled.visibility import Gate
from tests.scheduled.fake_messenger import CHANNEL, FakeMessenger
from tests.scheduled.occasions import templates


def plain_notices() -> dict[NoticeKind, Notice]:
    """Return notices that say the text which the message's ids hold; announcements are confidential."""

    def render(occasion: Occasion) -> Drawn | None:
        text = occasion.ids["say"]
        if occasion.operation is Operation.FILE:
            return Picture(title=text, alt_text=text, comment=text, png=b"")
        return Post(text, (Text(text),)) if text else None

    return {
        kind: Notice(kind, confidential=kind is NoticeKind.RISK_ANNOUNCED, render=render)
        for kind in NoticeKind
    }


PACE = TIMING.pace


class Office:
    """An outbox on a real database, a messenger of memory, and a clock that a test moves."""

    def __init__(self, database: Database, clock: Clock, messenger: FakeMessenger) -> None:
        self.database = database
        self.clock = clock
        self.messenger = messenger
        self.notices = plain_notices()
        self.people = People(database)
        self.outbox = Outbox(database)
        self.workspace_id = Workspaces(database).ensure("", "T0ACME", "Acme", now=clock())

    def deliverer(self, *, outbox: Outbox | None = None) -> Deliverer:
        """Return a sender; each is like a process of its own."""
        return Deliverer(
            outbox=outbox or self.outbox,
            notices=self.notices,
            desk=desk_of(self.database, self.people, templates()),
            messenger_of=lambda _: self.messenger,
            gate=Gate(self.people),
            clock=self.clock,
            outcomes=Outcomes(outbox or self.outbox, self.clock, lambda: 1.0),
        )

    def say(
        self,
        text: str,
        operation: Operation = Operation.POST,
        *,
        about: int | None = None,
        channel: str = CHANNEL,
        kind: NoticeKind = NoticeKind.RISK_OUTCOME,
        key: str | None = None,
        recipient: str | None = None,
    ) -> int:
        """Enqueue a message and return its id."""
        key = key or uuid4().hex
        message = Outgoing(kind, operation, channel, key, {"say": text}, about, recipient)
        with self.database.write() as session:
            enqueue(session, self.workspace_id, [message], correlation_id="c0ffee", now=self.clock())
        with self.database.read() as session:
            kept = select(outbox_messages.c.id).where(outbox_messages.c.unique_key == key)
            message_id: int = session.scalars(kept).one()
        return message_id

    def message(self, message_id: int) -> Row[Any]:
        """Return a message as it is kept."""
        with self.database.read() as session:
            return session.execute(select(outbox_messages).where(outbox_messages.c.id == message_id)).one()

    def state(self, message_id: int) -> tuple[MessageState, str | None]:
        """Return where a message stands, and why."""
        message = self.message(message_id)
        return message.state, message.last_error

    def end_leases(self) -> None:
        """Let every lease run out, as if its time had passed on the database's clock."""
        with self.database.write() as session:
            session.execute(update(lanes).values(leased_until=datetime(2000, 1, 1, tzinfo=UTC)))
