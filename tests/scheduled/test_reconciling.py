"""A message that may have arrived is looked for before anything else: there it counts, else it is sent."""

from datetime import timedelta

import pytest

from models.rules.delivery import GRACE, MessageState, Operation
from scheduled.outcomes import TIMING
from scheduled.ports import MessengerError, Method, NotSent, RateLimited, Refused, Unclear
from tests.conftest import SetClock
from tests.scheduled.fake_messenger import CHANNEL, failing
from tests.scheduled.office import PACE, Office
from tests.scheduled.sending import SENT, queued, sent_post

SETTLES_WITHIN = TIMING.settles_within
FOUND_OUT = [Operation.POST, Operation.REPLY, Operation.FILE]
LOST = Unclear("reply lost")


def in_doubt(office: Office, clock: SetClock, operation: Operation, *, arrived: bool) -> int:
    """Make a call whose fate nobody knows."""
    message = queued(office, clock, operation)
    office.messenger.trouble, office.messenger.arrives = failing(LOST), arrived
    office.deliverer().run_once()
    return message


@pytest.mark.parametrize("operation", FOUND_OUT)
def test_what_arrived_is_found_and_not_sent_again(
    office: Office, clock: SetClock, operation: Operation
) -> None:
    message = in_doubt(office, clock, operation, arrived=True)
    clock.forward(SETTLES_WITHIN)
    office.deliverer().run_once()
    assert office.messenger.texts == ["second"]
    kept = office.message(message)
    there = office.messenger.there[kept.unique_key]
    assert (kept.state, kept.last_error, kept.attempts) == (MessageState.SENT, None, 1)
    assert (kept.sent_channel_id, kept.sent_ts) == (there.channel_id, there.ts)


@pytest.mark.parametrize("operation", FOUND_OUT)
def test_what_did_not_arrive_is_sent_again_at_once(
    office: Office, clock: SetClock, operation: Operation
) -> None:
    message = in_doubt(office, clock, operation, arrived=False)
    clock.forward(SETTLES_WITHIN)
    office.deliverer().run_once()
    assert office.messenger.texts == ["second", "second"]
    assert office.state(message) == SENT
    assert office.message(message).attempts == 2


def test_a_reply_is_looked_for_in_its_thread_and_a_post_in_its_channel(
    office: Office, clock: SetClock
) -> None:
    reply, first = in_doubt(office, clock, Operation.REPLY, arrived=True), clock.now
    clock.forward(SETTLES_WITHIN)
    office.deliverer().run_once()
    clock.forward(PACE)
    post, second = office.say("third"), clock.now
    office.messenger.trouble = failing(LOST)
    office.deliverer().run_once()
    clock.forward(SETTLES_WITHIN)
    office.deliverer().run_once()
    assert office.messenger.sought == [
        (CHANNEL, office.message(reply).unique_key, first, "1.0"),
        (CHANNEL, office.message(post).unique_key, second, None),
    ]


def test_it_is_not_looked_for_while_the_call_may_still_be_carried_out(
    office: Office, clock: SetClock
) -> None:
    message = in_doubt(office, clock, Operation.POST, arrived=False)
    following = office.say("third")
    clock.forward(SETTLES_WITHIN - timedelta(milliseconds=1))
    assert office.deliverer().run_once() == 0, "the lane waits with it"
    assert office.messenger.sought == []
    assert office.state(message) == (MessageState.SENDING, "reply lost")
    clock.forward(timedelta(milliseconds=1))
    office.deliverer().run_once()
    clock.forward(PACE)
    office.deliverer().run_once()
    assert office.messenger.texts == ["second", "second", "third"]
    assert office.state(message) == office.state(following) == SENT


def test_doubt_that_follows_doubt_is_cleared_up_again(office: Office, clock: SetClock) -> None:
    message = office.say("second")
    begun = clock.now
    office.messenger.trouble, office.messenger.arrives = failing(LOST, LOST, LOST), False
    for _ in range(3):
        office.deliverer().run_once()
        clock.forward(timedelta(minutes=1))
    office.messenger.arrives = True
    office.messenger.trouble = failing(LOST)
    office.deliverer().run_once()
    clock.forward(timedelta(minutes=5))
    office.deliverer().run_once()
    assert office.messenger.texts == ["second"] * 4
    assert {since for _, _, since, _ in office.messenger.sought} == {begun}, "any of the calls may have come"
    assert office.state(message) == SENT


def test_while_it_cannot_be_looked_for_it_stays_in_doubt_and_its_lane_waits(
    office: Office, clock: SetClock
) -> None:
    message = in_doubt(office, clock, Operation.POST, arrived=True)
    following, elsewhere = office.say("third"), office.say("elsewhere", channel="C2")
    troubles: list[MessengerError] = [NotSent("down"), Unclear("time-out"), RateLimited(Method.FIND, 60)]
    for trouble in troubles:
        clock.forward(timedelta(minutes=5))
        office.messenger.hidden = trouble
        office.deliverer().run_once()
        assert office.message(message).state is MessageState.SENDING
    assert office.state(elsewhere) == SENT
    assert office.state(following) == (MessageState.PENDING, None)
    office.messenger.hidden = None
    clock.forward(timedelta(seconds=60))
    office.deliverer().run_once()
    assert office.state(message) == SENT
    assert office.messenger.texts == ["second", "elsewhere"]


def test_a_limit_on_looking_holds_up_no_post(office: Office, clock: SetClock) -> None:
    first = in_doubt(office, clock, Operation.POST, arrived=True)
    clock.forward(SETTLES_WITHIN)
    office.messenger.hidden = RateLimited(Method.FIND, 60)
    office.deliverer().run_once()
    other = office.say("other", channel="C2")
    office.messenger.trouble = failing(LOST)
    office.deliverer().run_once()
    clock.forward(SETTLES_WITHIN)
    office.messenger.hidden = None
    plain = office.say("plain", channel="C3")
    office.deliverer().run_once()
    assert office.state(plain) == SENT
    assert [office.message(each).state for each in (first, other)] == [MessageState.SENDING] * 2
    assert len(office.messenger.sought) == 1, "looking rests in the whole workspace"
    clock.forward(timedelta(seconds=60))
    office.deliverer().run_once()
    assert office.state(first) == office.state(other) == SENT


def test_where_nobody_may_look_it_is_given_up_rather_than_doubled(
    office: Office, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    message = in_doubt(office, clock, Operation.POST, arrived=True)
    following = office.say("third")
    clock.forward(SETTLES_WITHIN)
    office.messenger.hidden = Refused("missing_scope")
    office.deliverer().run_once()
    why = "unclear: reply lost; not looked for: missing_scope"
    assert office.state(message) == (MessageState.DEAD, why)
    assert why in caplog.text
    clock.forward(PACE)
    office.deliverer().run_once()
    assert office.state(following) == SENT
    assert office.messenger.texts == ["second", "third"]


def test_what_could_not_be_looked_for_all_day_is_given_up(office: Office, clock: SetClock) -> None:
    message = in_doubt(office, clock, Operation.POST, arrived=True)
    office.messenger.hidden = Unclear("time-out")
    clock.forward(GRACE)
    office.deliverer().run_once()
    why = "unclear: could not be looked for: time-out"
    assert office.state(message) == (MessageState.DEAD, why)


def test_what_arrived_counts_although_its_grace_is_over(office: Office, clock: SetClock) -> None:
    arrived = in_doubt(office, clock, Operation.POST, arrived=True)
    clock.forward(GRACE)
    office.deliverer().run_once()
    assert office.state(arrived) == SENT


def test_what_did_not_arrive_is_given_up_once_its_grace_is_over(office: Office, clock: SetClock) -> None:
    lost = in_doubt(office, clock, Operation.POST, arrived=False)
    clock.forward(GRACE)
    office.deliverer().run_once()
    assert office.state(lost) == (MessageState.DEAD, "expired: reply lost")
    assert office.messenger.texts == ["second"]


@pytest.mark.parametrize("arrived", [True, False])
def test_what_was_taken_back_while_in_doubt_does_not_stay(
    office: Office, clock: SetClock, *, arrived: bool
) -> None:
    message = in_doubt(office, clock, Operation.POST, arrived=arrived)
    deletion = office.say("", Operation.DELETE, about=message)
    clock.forward(SETTLES_WITHIN)
    office.deliverer().run_once()
    clock.forward(PACE)
    office.deliverer().run_once()
    if arrived:
        assert office.state(message) == office.state(deletion) == SENT
        assert [call.what for call in office.messenger.calls] == [Operation.POST, Operation.DELETE]
    else:
        assert office.state(message) == (MessageState.SKIPPED, "taken back")
        assert [call.what for call in office.messenger.calls] == [Operation.POST]


def test_a_post_that_was_found_is_changed_and_answered_like_any_other(
    office: Office, clock: SetClock
) -> None:
    message = in_doubt(office, clock, Operation.POST, arrived=True)
    office.say("changed", Operation.UPDATE, about=message)
    office.say("answer", Operation.REPLY, about=message)
    clock.forward(SETTLES_WITHIN)
    office.deliverer().run_once()
    clock.forward(PACE)
    office.deliverer().run_once()
    assert [call.text for call in office.messenger.calls] == ["second", "changed", "answer"]


def test_a_messenger_that_looks_with_a_fault_of_its_own_stops_nobody_else(
    office: Office, clock: SetClock
) -> None:
    message = in_doubt(office, clock, Operation.POST, arrived=True)
    clock.forward(SETTLES_WITHIN)
    office.messenger.hidden = RuntimeError("a fault")
    fine = office.say("fine", channel="C2")
    office.deliverer().run_once()
    assert office.state(message) == (MessageState.SENDING, "could not be looked for")
    assert office.state(fine) == SENT


def test_a_reply_in_doubt_whose_post_is_gone_is_not_sent_again(office: Office, clock: SetClock) -> None:
    post = sent_post(office, clock)
    reply = office.say("answer", Operation.REPLY, about=post)
    office.messenger.trouble, office.messenger.arrives = failing(LOST), False
    office.deliverer().run_once()
    office.say("", Operation.DELETE, about=post)
    clock.forward(SETTLES_WITHIN)
    office.deliverer().run_once()
    assert office.state(reply) == (MessageState.SKIPPED, "taken back")
    assert [call.what for call in office.messenger.calls] == [Operation.REPLY, Operation.DELETE]
