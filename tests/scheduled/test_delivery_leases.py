"""Several senders on one database: each lane has one at a time, and nobody says anything twice."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from typing_extensions import override

from models.database import Database
from models.rules.delivery import MessageState, Operation
from models.services.outbox.lanes import Claim, Lease, Rest
from models.services.outbox.outbox import Outbox
from models.services.outbox.turns import LOOKED_FOR, SentMessage, Verdict
from scheduled.delivery import Deliverer
from scheduled.outcomes import TIMING
from tests.conftest import SetClock
from tests.scheduled.fake_messenger import Call, FakeMessenger, failing
from tests.scheduled.office import PACE, Office
from tests.scheduled.sending import ONCE, REPEATABLE, SENT, queued


class Killed(BaseException):
    """The process ends here."""


def test_who_stops_leaves_the_next_channel_to_others(office: Office) -> None:
    messages = [office.say("either", channel="C1"), office.say("or", channel="C2")]
    early, late = office.deliverer(), StopsLate(office.database)
    office.messenger.trouble = lambda _: early.stop()
    assert early.run_once() == 1
    assert [office.state(each) for each in messages].count(SENT) == 1
    office.messenger.trouble = lambda _: None
    messages.append(office.say("besides", channel="C3"))
    late.deliverer = office.deliverer(outbox=late)
    assert late.deliverer.run_once() == 1
    assert office.deliverer().run_once() == 1
    assert [office.state(each) for each in messages] == [SENT] * 3


class StopsLate(Outbox):
    """Has its sender told to stop just as the next lane was leased."""

    deliverer: Deliverer

    @override
    def settle(
        self,
        claim: Claim,
        verdict: Verdict,
        *,
        sent: SentMessage | None = None,
        next_send_at: datetime,
        now: datetime,
        goes_on: bool = False,
    ) -> Lease | None:
        lease = super().settle(claim, verdict, sent=sent, next_send_at=next_send_at, now=now, goes_on=goes_on)
        assert lease is not None
        self.deliverer.stop()
        return lease


def test_a_call_is_over_before_its_channel_may_be_somebody_elses(office: Office) -> None:
    found: list[MessageState] = []

    class Watched(FakeMessenger):
        @contextmanager
        @override
        def ending_within(self, duration: timedelta) -> Iterator[None]:
            assert duration == TIMING.lease - TIMING.settles_within
            found.append(office.state(message)[0])
            yield
            found.append(office.state(message)[0])

    message = office.say("hello")
    office.messenger = Watched()
    assert office.deliverer().run_once() == 1
    # Its time counts from before the beginning is written down.
    assert found == [MessageState.PENDING, MessageState.SENT]


@pytest.mark.parametrize("moment", ["before the call", "after the call"])
@pytest.mark.parametrize("operation", [*ONCE, *REPEATABLE])
def test_a_process_that_ends_in_a_call_leaves_nothing_doubled_and_no_lane_stuck(
    office: Office, clock: SetClock, operation: Operation, moment: str
) -> None:
    message = queued(office, clock, operation)
    following = office.say("following")

    def end(_: Call) -> None:
        raise Killed

    office.messenger.trouble = end
    office.messenger.arrives = moment == "after the call"
    with pytest.raises(Killed):
        office.deliverer().run_once()
    assert office.message(message).state is MessageState.SENDING
    office.messenger.trouble = failing()
    deliverer = office.deliverer()
    assert deliverer.run_once() == 0, "the lease still holds"
    office.end_leases()
    deliverer.run_once()
    clock.forward(PACE)
    deliverer.run_once()
    calls = office.messenger.texts.count("second")
    if operation is Operation.EPHEMERAL:
        assert office.state(message) == (MessageState.DEAD, "unclear")
        assert calls == 1
    else:
        assert office.state(message)[0] is MessageState.SENT
    if operation in LOOKED_FOR:
        assert calls == (1 if moment == "after the call" else 2)
    assert office.state(following) == SENT


def test_a_sender_that_lost_its_lease_sends_nothing(office: Office, clock: SetClock) -> None:
    office.say("hello")
    slow = office.outbox.claim(now=clock())
    assert isinstance(slow, Claim)
    office.end_leases()
    assert office.deliverer().run_once() == 1
    assert not office.outbox.begin(slow, now=clock())
    office.outbox.retry(slow, at=clock.now + timedelta(hours=1), why="late")
    assert office.messenger.texts == ["hello"]


class Hasty(Outbox):
    """Saw a free lane a moment ago; meanwhile another sender has taken it."""

    def _lease(self, now: datetime) -> Lease | Rest:
        return self._leasing((), now) or Rest(None)


def test_a_lane_that_was_taken_since_it_was_seen_is_left_alone(office: Office, clock: SetClock) -> None:
    office.say("hello")
    assert isinstance(office.outbox.claim(now=clock()), Claim)
    assert Hasty(office.database).claim(now=clock()) == Rest(None)


def test_two_senders_on_one_database_never_send_a_message_twice(
    office: Office, database_url: str, messenger: FakeMessenger
) -> None:
    channels = [f"C{number}" for number in range(40)]
    for channel in channels:
        office.say(f"to {channel}", channel=channel)
    second = Database(database_url)
    start = threading.Barrier(4)
    outboxes = [office.outbox, Outbox(second), office.outbox, Outbox(second)]

    def run(outbox: Outbox) -> None:
        start.wait(timeout=10)
        office.deliverer(outbox=outbox).run_once()

    threads = [threading.Thread(target=run, args=(outbox,)) for outbox in outboxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    second.dispose()
    assert sorted(messenger.texts) == sorted(f"to {channel}" for channel in channels)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer.
def test_an_open_transaction_that_enqueues_does_not_hold_up_its_channel(office: Office) -> None:
    """New messages hold their lane's key until they are committed; a busy channel always has some."""
    office.say("first")
    with office.database.write() as session:
        lane = office.message(1).lane_id
        session.connection().exec_driver_sql(f"SELECT 1 FROM lanes WHERE id = '{lane}' FOR KEY SHARE")  # noqa: S608 - an id of our own.
        assert office.deliverer().run_once() == 1
    assert office.messenger.texts == ["first"]
