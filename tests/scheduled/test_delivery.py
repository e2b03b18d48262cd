"""Delivery: order, pace, retries, and what is promised when a call's fate is not known."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from models.rules.delivery import MessageState, Operation
from models.tables import outbox_messages
from scheduled.ports import NotSent, Refused
from tests.conftest import SetClock
from tests.models.world import statements_of
from tests.scheduled.fake_messenger import CHANNEL, Call, failing
from tests.scheduled.office import PACE, Office
from tests.scheduled.sending import REPEATABLE, SENT, queued, sent_post


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


def test_channels_do_not_wait_for_each_other(office: Office) -> None:
    office.messenger.trouble = lambda call: failing(NotSent("down") if call.where == "C1" else None)(call)
    stuck, fine = office.say("held up", channel="C1"), office.say("on time", channel="C2")
    assert office.deliverer().run_once() == 2
    assert office.state(stuck) == (MessageState.PENDING, "down")
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
        session.execute(update(outbox_messages).where(outbox_messages.c.id == later).values(due_at=due))
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
        session.execute(update(outbox_messages).where(outbox_messages.c.id == later).values(due_at=due))
    office.deliverer().run_once()
    assert office.state(now) == SENT
    clock.forward(timedelta(hours=1))
    office.deliverer().run_once()
    assert office.messenger.texts == ["now", "later"]
    assert office.state(about_later)[0] is MessageState.SKIPPED


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
