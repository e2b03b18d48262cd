"""Delivery: order, pace, retries, and what is promised when a call's fate is not known."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from typing_extensions import override

from models.database import Database
from models.rules.delivery import GRACE, MessageState, Operation
from models.services.outbox.lanes import Claim, Lease, Rest
from models.services.outbox.outbox import Outbox
from models.services.outbox.turns import LOOKED_FOR, SentMessage, Verdict
from models.tables import OutboxMessage
from scheduled.delivery import Deliverer
from scheduled.notices import Notice, Occasion
from scheduled.outcomes import TIMING
from scheduled.ports import Method, NotSent, RateLimited, Refused, Unclear
from scheduled.posts import Post, Text
from tests.conftest import SetClock
from tests.models.world import statements_of
from tests.scheduled.fake_messenger import CHANNEL, Call, FakeMessenger, failing
from tests.scheduled.office import PACE, Office, plain_notices

SENT = (MessageState.SENT, None)
REPEATABLE = (Operation.UPDATE, Operation.DELETE)
ONCE = (Operation.POST, Operation.REPLY, Operation.EPHEMERAL, Operation.FILE)


def failure_of(database: Database) -> Exception:
    """Return the driver's own error for a database that does not answer."""
    failure: Exception = database.engine.dialect.loaded_dbapi.OperationalError("gone")
    return failure


class Killed(BaseException):
    """The process ends here."""


def sent_post(office: Office, clock: SetClock) -> int:
    """Send a first post and wait until its channel takes another."""
    post = office.say("first")
    office.deliverer().run_once()
    clock.forward(PACE)
    office.messenger.calls.clear()
    return post


def queued(office: Office, clock: SetClock, operation: Operation) -> int:
    """Enqueue a message of that operation, with what it is about sent already."""
    stands_alone = operation in (Operation.POST, Operation.EPHEMERAL, Operation.FILE)
    about = None if stands_alone else sent_post(office, clock)
    recipient = "U0SAM" if operation is Operation.EPHEMERAL else None
    return office.say("second", operation, about=about, recipient=recipient)


def test_a_post_is_sent_with_its_key_and_keeps_slacks_name_for_it(office: Office) -> None:
    post = office.say("hello", key="risk:1:announced")
    assert office.deliverer().run_once() == 1
    assert office.messenger.calls == [Call(Operation.POST, CHANNEL, "hello", key="risk:1:announced")]
    kept = office.message(post)
    assert (kept.state, kept.sent_channel_id, kept.sent_ts, kept.attempts) == (
        MessageState.SENT,
        CHANNEL,
        "1.0",
        1,
    )
    assert office.deliverer().run_once() == 0


def test_posts_in_one_channel_keep_their_order_and_their_distance(office: Office, clock: SetClock) -> None:
    for text in ("one", "two", "three"):
        office.say(text)
    deliverer = office.deliverer()
    deliverer.run_once()
    assert office.messenger.texts == ["one"]
    clock.forward(PACE - timedelta(milliseconds=1))
    deliverer.run_once()
    assert office.messenger.texts == ["one"]
    clock.forward(timedelta(milliseconds=1))
    deliverer.run_once()
    clock.forward(PACE)
    deliverer.run_once()
    assert office.messenger.texts == ["one", "two", "three"]


def test_a_message_takes_two_transactions_and_finds_the_next_on_the_way(office: Office) -> None:
    for number in range(3):
        office.say(f"message {number}", channel=f"C{number}")
    with statements_of(office.database) as statements:
        assert office.deliverer().run_once() == 3
    writes = [each for each in statements if not each.startswith("SELECT")]
    each = 2 if office.database.dialect == "postgresql" else 5
    assert len(writes) == 1 + 3 * each  # The first lane is leased by itself.
    looks = len(statements) - len(writes)
    assert looks == 5  # One for a lane at the beginning and the end, and one for each message.


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


def test_channels_do_not_wait_for_each_other(office: Office) -> None:
    office.messenger.trouble = lambda call: failing(NotSent("down") if call.where == "C1" else None)(call)
    stuck, fine = office.say("held up", channel="C1"), office.say("on time", channel="C2")
    assert office.deliverer().run_once() == 2
    assert office.state(stuck) == (MessageState.PENDING, "down")
    assert office.state(fine) == SENT


@pytest.mark.parametrize("operation", [*ONCE, *REPEATABLE])
def test_what_certainly_did_not_happen_is_tried_again_after_growing_pauses(
    office: Office, clock: SetClock, operation: Operation
) -> None:
    message = queued(office, clock, operation)
    office.messenger.trouble = failing(NotSent("down"), NotSent("down"))
    deliverer = office.deliverer()
    for pause in (2, 4):
        deliverer.run_once()
        assert office.state(message) == (MessageState.PENDING, "down")
        clock.forward(timedelta(seconds=pause) - timedelta(milliseconds=1))
        assert deliverer.run_once() == 0
        clock.forward(timedelta(milliseconds=1))
    deliverer.run_once()
    assert office.state(message) == SENT
    assert office.message(message).attempts == 3


@pytest.mark.parametrize("operation", REPEATABLE)
def test_an_unclear_update_or_deletion_is_repeated(
    office: Office, clock: SetClock, operation: Operation
) -> None:
    message = queued(office, clock, operation)
    office.messenger.trouble = failing(Unclear("time-out"))
    deliverer = office.deliverer()
    deliverer.run_once()
    clock.forward(timedelta(seconds=2))
    deliverer.run_once()
    assert office.state(message) == SENT
    assert [call.what for call in office.messenger.calls] == [operation, operation]


def test_what_one_person_may_have_seen_is_never_shown_again(
    office: Office, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    message = queued(office, clock, Operation.EPHEMERAL)
    office.messenger.trouble = failing(Unclear("time-out"))
    deliverer = office.deliverer()
    deliverer.run_once()
    clock.forward(timedelta(hours=1))
    deliverer.run_once()
    assert len(office.messenger.calls) == 1
    assert office.messenger.sought == []
    assert office.state(message) == (MessageState.DEAD, "unclear: time-out")
    assert "unclear: time-out" in caplog.text


def test_what_one_person_cannot_be_shown_in_a_channel_is_told_them_directly(
    office: Office, clock: SetClock
) -> None:
    message = queued(office, clock, Operation.EPHEMERAL)
    office.messenger.trouble = lambda call: failing(
        Refused("not_in_channel") if call.what is Operation.EPHEMERAL else None
    )(call)
    office.deliverer().run_once()
    assert office.state(message) == (MessageState.WITHHELD, "not_in_channel")
    assert [(call.what, call.where) for call in office.messenger.calls] == [
        (Operation.EPHEMERAL, CHANNEL),
        (Operation.POST, "U0SAM"),
    ]


def test_a_message_is_given_up_at_the_end_of_its_grace_and_lets_the_next_one_go(
    office: Office, clock: SetClock
) -> None:
    stuck = office.say("stuck")
    deadline = clock.now + GRACE
    clock.forward(timedelta(hours=1))
    next_one = office.say("next")
    office.messenger.trouble = lambda call: failing(NotSent("down") if call.text == "stuck" else None)(call)
    deliverer = office.deliverer()
    while office.message(stuck).state is MessageState.PENDING:
        assert clock.now < deadline
        deliverer.run_once()
        clock.forward(timedelta(minutes=5))
    assert office.state(stuck) == (MessageState.DEAD, "expired: down")
    deliverer.run_once()
    assert office.state(next_one) == SENT


def test_a_limited_method_rests_in_every_channel_and_other_methods_go_on(
    office: Office, clock: SetClock
) -> None:
    first = sent_post(office, clock)
    limited = office.say("limited", channel="C1")
    office.messenger.trouble = failing(RateLimited(Method.POST, 30))
    deliverer = office.deliverer()
    deliverer.run_once()
    other = office.say("same method", channel="C2")
    office.say("edited", Operation.UPDATE, about=first)
    deliverer.run_once()
    assert office.messenger.texts == ["limited", "edited"]
    clock.forward(timedelta(seconds=30))
    deliverer.run_once()
    assert office.state(limited) == office.state(other) == SENT
    assert office.message(other).attempts == 1


def test_a_limited_channel_rests_alone_and_the_limit_counts_as_no_failure(
    office: Office, clock: SetClock
) -> None:
    limited, following = office.say("limited", channel="C1"), office.say("following", channel="C1")
    office.messenger.trouble = failing(RateLimited(Method.POST, 2, in_channel_alone=True))
    deliverer = office.deliverer()
    deliverer.run_once()
    other = office.say("other", channel="C2")
    deliverer.run_once()
    assert office.state(limited) == (MessageState.PENDING, "post: too many in this channel")
    assert office.state(other) == SENT
    clock.forward(timedelta(seconds=2) - timedelta(milliseconds=1))
    assert deliverer.run_once() == 0
    clock.forward(timedelta(milliseconds=1))
    deliverer.run_once()
    clock.forward(PACE)
    deliverer.run_once()
    assert office.state(limited) == office.state(following) == SENT
    assert office.messenger.texts == ["limited", "other", "limited", "following"]


def test_what_is_refused_is_given_up_with_slacks_word_for_it(office: Office) -> None:
    message = office.say("too long")
    office.messenger.trouble = failing(Refused("msg_too_long"))
    office.deliverer().run_once()
    assert office.state(message) == (MessageState.DEAD, "refused: msg_too_long")


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


def test_a_message_that_cannot_be_drawn_is_given_up_alone(
    office: Office, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole = office.say("broken"), office.say("whole")

    def render(occasion: Occasion) -> Post | None:
        if occasion.ids["say"] == "broken":
            raise KeyError(occasion.ids["say"])
        return Post("whole", (Text("whole"),))

    office.notices = {kind: Notice(kind, confidential=False, render=render) for kind in plain_notices()}
    office.deliverer().run_once()
    clock.forward(PACE)
    office.deliverer().run_once()
    assert office.state(broken) == (MessageState.DEAD, "could not be drawn")
    assert office.state(whole) == SENT
    assert "could not draw message" in caplog.text


def test_a_database_that_is_away_while_a_message_is_drawn_kills_no_message(
    office: Office, clock: SetClock
) -> None:
    message, failures = office.say("hello"), [OperationalError("", {}, failure_of(office.database))]

    def render(_: Occasion) -> Post:
        if failures:
            raise failures.pop()
        return Post("hello", (Text("hello"),))

    office.notices = {kind: Notice(kind, confidential=False, render=render) for kind in plain_notices()}
    with pytest.raises(OperationalError):
        office.deliverer().run_once()
    office.end_leases()
    clock.forward(PACE)
    office.deliverer().run_once()
    assert office.state(message) == SENT


def test_a_messenger_with_a_fault_of_its_own_stops_nobody_else(office: Office) -> None:
    def fault(call: Call) -> None:
        if call.where == "C1":
            raise RuntimeError(call.where)

    office.messenger.trouble = fault
    faulty, fine = office.say("one", channel="C1"), office.say("two", channel="C2")
    office.deliverer().run_once()
    assert office.state(faulty) == (MessageState.DEAD, "unclear")
    assert office.state(fine) == SENT


def test_a_kind_that_only_a_newer_version_knows_holds_up_its_own_channel_alone(office: Office) -> None:
    unknown = office.say("from tomorrow", channel="C1")
    with office.database.write() as session:
        session.connection().exec_driver_sql(
            f"UPDATE outbox_messages SET kind = 'weather_report' WHERE id = {unknown}"  # noqa: S608 - our own id.
        )
    fine = office.say("two", channel="C2")
    assert office.deliverer().run_once() == 1
    assert office.state(fine) == SENT


def test_what_has_nothing_left_to_say_is_skipped_without_a_call(office: Office) -> None:
    silent, following = office.say(""), office.say("following")
    office.deliverer().run_once()
    assert office.state(silent) == (MessageState.SKIPPED, "nothing left to say")
    assert office.state(following) == SENT
    assert office.messenger.texts == ["following"]


def test_an_update_waits_for_its_post_and_says_nothing_that_the_post_said(
    office: Office, clock: SetClock
) -> None:
    post = office.say("post")
    known = office.say("known before the post was drawn", Operation.UPDATE, about=post)
    office.deliverer().run_once()
    assert office.state(known) == (MessageState.SKIPPED, "the post said it already")
    later = office.say("later", Operation.UPDATE, about=post)
    clock.forward(PACE)
    office.deliverer().run_once()
    assert office.messenger.calls[1:] == [Call(Operation.UPDATE, CHANNEL, "later", "1.0")]
    assert office.state(later) == SENT


def test_only_the_last_of_several_updates_is_made(office: Office, clock: SetClock) -> None:
    post = sent_post(office, clock)
    updates = [office.say(text, Operation.UPDATE, about=post) for text in ("a", "b", "c")]
    office.deliverer().run_once()
    assert office.messenger.texts == ["c"]
    assert [office.state(update_) for update_ in updates] == [
        (MessageState.SKIPPED, "superseded"),
        (MessageState.SKIPPED, "superseded"),
        SENT,
    ]


def test_an_update_that_is_due_later_makes_none_needless_that_is_due_now(
    office: Office, clock: SetClock
) -> None:
    post = sent_post(office, clock)
    _, later = (office.say(text, Operation.UPDATE, about=post) for text in ("now", "later"))
    with office.database.write() as session:
        due = clock.now + timedelta(hours=1)
        session.execute(update(OutboxMessage).where(OutboxMessage.id == later).values(due_at=due))
    office.deliverer().run_once()
    assert office.messenger.texts == ["now"]
    clock.forward(timedelta(hours=1))
    office.deliverer().run_once()
    assert office.messenger.texts == ["now", "later"]


def test_what_is_about_a_post_that_never_was_is_skipped(office: Office, clock: SetClock) -> None:
    post = office.say("refused")
    office.messenger.trouble = failing(Refused("restricted_action"))
    office.deliverer().run_once()
    clock.forward(PACE)
    about = [office.say("x", operation, about=post) for operation in (*REPEATABLE, Operation.REPLY)]
    office.deliverer().run_once()
    assert len(office.messenger.calls) == 1
    assert {office.state(message) for message in about} == {
        (MessageState.SKIPPED, "what it is about was never sent")
    }


@pytest.mark.parametrize("operation", [Operation.POST, Operation.REPLY])
def test_what_is_deleted_before_it_was_sent_never_appears(
    office: Office, clock: SetClock, operation: Operation
) -> None:
    post = queued(office, clock, operation)
    deletion = office.say("", Operation.DELETE, about=post)
    office.deliverer().run_once()
    assert office.messenger.calls == []
    assert office.state(post) == (MessageState.SKIPPED, "taken back")
    assert office.state(deletion)[0] is MessageState.SKIPPED


def test_a_deleted_post_gets_no_updates_and_no_replies(office: Office, clock: SetClock) -> None:
    post = sent_post(office, clock)
    pending = office.say("too late", Operation.UPDATE, about=post)
    office.say("", Operation.DELETE, about=post)
    office.deliverer().run_once()
    late = [office.say("x", operation, about=post) for operation in (Operation.UPDATE, Operation.REPLY)]
    clock.forward(PACE)
    office.deliverer().run_once()
    assert [call.what for call in office.messenger.calls] == [Operation.DELETE]
    assert office.state(pending) == (MessageState.SKIPPED, "taken back")
    assert {office.state(message)[0] for message in late} == {MessageState.SKIPPED}


def test_what_is_due_later_waits_without_holding_up_the_rest(office: Office, clock: SetClock) -> None:
    later, now = office.say("later"), office.say("now")
    about_later = office.say("edit", Operation.UPDATE, about=later)
    with office.database.write() as session:
        due = clock.now + timedelta(hours=1)
        session.execute(update(OutboxMessage).where(OutboxMessage.id == later).values(due_at=due))
    office.deliverer().run_once()
    assert office.state(now) == SENT
    clock.forward(timedelta(hours=1))
    office.deliverer().run_once()
    assert office.messenger.texts == ["now", "later"]
    assert office.state(about_later)[0] is MessageState.SKIPPED


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


def test_a_file_goes_into_the_thread_of_what_it_is_about_and_waits_for_it(
    office: Office, clock: SetClock
) -> None:
    post = office.say("first")
    office.say("date", Operation.FILE, about=post, key="step:date")
    office.deliverer().run_once()
    clock.forward(PACE)
    office.deliverer().run_once()
    first, file = office.messenger.calls
    assert (first.what, file.what) == (Operation.POST, Operation.FILE)
    assert file.about == office.message(post).sent_ts


def test_a_file_is_left_out_where_what_it_is_about_was_never_sent(office: Office, clock: SetClock) -> None:
    office.messenger.trouble = failing(Refused("no_such_thing"))
    post = office.say("first")
    file = office.say("date", Operation.FILE, about=post)
    office.deliverer().run_once()
    clock.forward(PACE)
    office.deliverer().run_once()
    assert office.message(file).state is MessageState.SKIPPED
    assert [call.what for call in office.messenger.calls] == [Operation.POST]
