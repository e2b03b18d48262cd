"""A database that is away: three lines in the log, however long and often it is asked."""

from collections.abc import Callable

import pytest

from models.errors import DatabaseBusy
from scheduled.outage import TELL_EVERY, Outage

AWAY = ConnectionError("away")


class Seconds:
    """A clock of seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def explain(error: Exception) -> str | None:
    return "nothing listens there → Start the server" if isinstance(error, ConnectionError) else None


def fail() -> None:
    raise AWAY


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def outage(seconds: Seconds) -> Outage:
    return Outage(explain, seconds)


def test_it_is_told_at_the_start_now_and_then_and_at_the_end(
    outage: Outage, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    outage.watch("delivery", lambda: None)
    assert not caplog.messages
    for seconds.now in range(int(TELL_EVERY) + 5):
        outage.watch("delivery", fail)
        outage.watch("planning", fail)
    outage.watch("planning", lambda: None)
    outage.watch("delivery", lambda: None)
    assert caplog.messages == [
        "the database is away; all that is due waits for it: nothing listens there → Start the server",
        "the database has been away for 10 minutes: nothing listens there → Start the server",
        "the database is back, after 604 seconds",
    ]
    assert [bool(record.exc_info) for record in caplog.records] == [True, False, False]


def test_a_database_that_only_answers_is_not_back_before_it_can_do_all(
    seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[float] = []

    def prove() -> None:
        asked.append(seconds.now)
        if seconds.now < 2:
            fail()

    outage = Outage(explain, seconds, prove=prove)
    outage.watch("planning", lambda: None)
    assert not asked, "a database that is well needs no proof"
    for second in range(3):
        seconds.now = second
        assert outage.tell("a listener failed", AWAY)
        seconds.now = second + 0.5
        outage.watch("planning", lambda: None)
    assert [each for each in caplog.messages if "listener" not in each] == [
        "the database is away; all that is due waits for it: nothing listens there → Start the server",
        "the database is back, after 2 seconds",
    ]


def test_what_an_outage_keeps_from_being_done_is_a_line_each_and_one_trace(
    outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    assert all(outage.tell("a listener failed", AWAY) for _ in range(3))
    outage.watch("delivery", fail)
    assert [record.getMessage() for record in caplog.records[1:]] == [
        "a listener failed: ConnectionError"
    ] * 3
    assert [bool(record.exc_info) for record in caplog.records] == [True, False, False, False]


def test_what_fails_for_a_reason_of_its_own_is_told_with_its_trace(
    outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    assert not outage.tell("a listener failed", KeyError("title"))
    [record] = caplog.records
    assert record.exc_info


def test_a_database_that_is_busy_for_one_is_no_outage(
    seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    Outage(lambda _error: "held up by a lock", seconds).tell("a listener failed", DatabaseBusy())
    assert caplog.messages == ["a listener failed: held up by a lock"]


def test_work_that_began_before_the_news_changes_nothing(
    outage: Outage, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    def meanwhile(work: Callable[[], None]) -> None:
        seconds.now += 1
        outage.watch("other", work)
        seconds.now += 1

    def fail_late() -> None:
        meanwhile(lambda: None)
        fail()

    outage.watch("slow, and well", lambda: meanwhile(fail))
    assert len(caplog.messages) == 1, "the other has failed since it began"
    outage.watch("slow, and failing", fail_late)
    assert len(caplog.messages) == 2, "the other has had an answer since it began"


def test_what_no_question_would_tell_is_looked_at_first(
    seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    Outage(explain, seconds, require=fail).watch("delivery", lambda: done.append("delivered"))
    assert not done
    assert len(caplog.messages) == 1


def test_what_fails_for_another_reason_is_told_with_its_trace(
    outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    outage.watch("planning", [].pop)
    [record] = caplog.records
    assert record.getMessage() == "planning failed"
    assert record.exc_info
