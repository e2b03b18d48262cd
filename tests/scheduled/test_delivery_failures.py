"""What becomes of a message that Slack, the database or a fault of our own stands in the way of."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from models.database import Database
from models.rules.delivery import GRACE, MessageState, Operation
from scheduled.notices import Notice, Occasion
from scheduled.ports import Method, NotSent, RateLimited, Refused, Unclear
from scheduled.posts import Post, Text
from tests.conftest import SetClock
from tests.scheduled.fake_messenger import CHANNEL, Call, failing
from tests.scheduled.office import PACE, Office, plain_notices
from tests.scheduled.sending import ONCE, REPEATABLE, SENT, queued, sent_post


def failure_of(database: Database) -> Exception:
    """Return the driver's own error for a database that does not answer."""
    failure: Exception = database.engine.dialect.loaded_dbapi.OperationalError("gone")
    return failure


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
