"""The clockwork's threads: woken at once, not stopped by an error, and ended in order."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic

import pytest

from bot.clock import utc_now
from models.database import Database
from models.rules.delivery import MessageState
from scheduled import jobs
from scheduled.delivery import Deliverer
from scheduled.jobs import Bell, Jobs, at_most_every
from tests.conftest import SetClock
from tests.scheduled.fake_messenger import Call, FakeMessenger
from tests.scheduled.office import PACE, Office

WITHIN = 30.0
"""Seconds for something that takes milliseconds."""
QUIET = 3600.0
"""Longer than any test."""
JUST_SHORT = timedelta(milliseconds=1)


@contextmanager
def running(deliverer: Deliverer, threads: int = 2) -> Iterator[Jobs]:
    """Run the clockwork until the block is left."""
    jobs = Jobs(deliverer, plan=lambda: 0, housekeep=lambda: None, threads=threads)
    jobs.start()
    try:
        yield jobs
    finally:
        jobs.stop()


class Broken(Deliverer):
    """Fails the first time, as when the database is away."""

    def __init__(self) -> None:
        self.runs = threading.Semaphore(0)
        self.has_failed = False

    def stop(self) -> None:
        """Nothing is under way."""

    def run_once(
        self,
        claimed: Callable[[], None] = lambda: None,
        next_in: Callable[[float], None] = lambda _: None,  # noqa: ARG002 - it knows of no channel.
    ) -> int:
        self.runs.release()
        if not self.has_failed:
            self.has_failed = True
            raise ConnectionError
        claimed()
        return 0


def test_a_message_is_sent_as_soon_as_somebody_rings(office: Office) -> None:
    sent = threading.Event()
    office.messenger.trouble = lambda _: sent.set()
    with running(office.deliverer()) as jobs:
        message = office.say("hello")
        jobs.wake()
        assert sent.wait(WITHIN)
    assert office.state(message) == (MessageState.SENT, None)


def test_a_channel_that_rests_says_when_its_next_message_may_go(office: Office, clock: SetClock) -> None:
    deliverer = office.deliverer()
    for text in ("first", "second"):
        office.say(text)
    told: list[float] = []
    deliverer.run_once(next_in=told.append)
    clock.forward(PACE - JUST_SHORT)
    assert deliverer.run_once(next_in=told.append) == 0, "whoever comes too early is told again"
    assert told == pytest.approx([PACE.total_seconds(), JUST_SHORT.total_seconds()])
    clock.forward(JUST_SHORT)
    deliverer.run_once(next_in=told.append)
    assert office.messenger.texts == ["first", "second"]
    assert len(told) == 2, "nothing waits any more"


def test_messages_of_a_channel_follow_one_another_at_its_pace_and_wait_for_no_tick(
    database: Database, messenger: FakeMessenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LOOK_EVERY_SECONDS", QUIET)
    office = Office(database, utc_now, messenger)
    times: list[float] = []
    done = threading.Event()

    def sent(_: Call) -> None:
        times.append(monotonic())
        if len(times) == 2:
            done.set()

    messenger.trouble = sent
    for text in ("first", "second"):
        office.say(text)
    with running(office.deliverer()):
        assert done.wait(WITHIN)
    assert times[1] - times[0] >= PACE.total_seconds()


def test_a_call_that_hangs_holds_up_its_own_channel_alone(office: Office) -> None:
    hangs, others, go_on = threading.Event(), threading.Event(), threading.Event()

    def hang(call: Call) -> None:
        if call.where == "C1":
            hangs.set()
            assert go_on.wait(WITHIN)
        else:
            others.set()

    office.messenger.trouble = hang
    messages = [office.say(channel, channel=channel) for channel in ("C1", "C2")]
    with running(office.deliverer()):
        assert hangs.wait(WITHIN)
        assert others.wait(WITHIN)
        go_on.set()
    assert {office.state(message) for message in messages} == {(MessageState.SENT, None)}


def test_an_error_does_not_end_the_delivery(caplog: pytest.LogCaptureFixture) -> None:
    deliverer = Broken()
    with running(deliverer, threads=1) as jobs:
        assert deliverer.runs.acquire(timeout=WITHIN)
        jobs.wake()
        assert deliverer.runs.acquire(timeout=WITHIN)
    assert "delivery failed" in caplog.text


def test_settling_delivers_here_and_waits_for_what_the_threads_are_at(office: Office) -> None:
    calling, go_on = threading.Event(), threading.Event()

    def slow(call: Call) -> None:
        if call.where == "C1":
            calling.set()
            assert go_on.wait(WITHIN)

    office.messenger.trouble = slow
    slow_one = office.say("slow", channel="C1")
    with running(office.deliverer(), threads=1) as jobs:
        assert calling.wait(WITHIN)
        other = office.say("other", channel="C2")
        settling = threading.Thread(target=jobs.settle)
        settling.start()
        settling.join(0.05)
        assert settling.is_alive()
        go_on.set()
        settling.join(WITHIN)
        assert not settling.is_alive()
        states = [office.state(each)[0] for each in (slow_one, other)]
    assert states == [MessageState.SENT] * 2


def test_stopping_waits_for_the_call_under_way_and_begins_no_other(office: Office) -> None:
    calling, go_on = threading.Event(), threading.Event()

    def slow(_: Call) -> None:
        calling.set()
        assert go_on.wait(WITHIN)

    office.messenger.trouble = slow
    messages = [office.say(channel, channel=channel) for channel in ("C1", "C2")]
    deliverer = office.deliverer()
    jobs = Jobs(deliverer, plan=lambda: 0, housekeep=lambda: None, threads=1)
    jobs.start()
    assert calling.wait(WITHIN)
    stopping = threading.Thread(target=jobs.stop)
    stopping.start()
    # The second call is not begun once the first one comes back to a clockwork that is stopping.
    while not deliverer._stopping.wait(0.01):
        assert stopping.is_alive()
    go_on.set()
    stopping.join(WITHIN)
    assert sorted(office.state(message)[0] for message in messages) == [
        MessageState.PENDING,
        MessageState.SENT,
    ]


def test_stopping_gives_up_what_never_ends_and_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LOOK_EVERY_SECONDS", 0.01)
    planning, go_on = threading.Event(), threading.Event()

    def hang() -> int:
        planning.set()
        return int(go_on.wait(WITHIN))

    clockwork = Jobs(office.deliverer(), plan=hang, housekeep=lambda: None, stop_within=0.05)
    clockwork.start()
    assert planning.wait(WITHIN)
    assert not clockwork.stop()
    go_on.set()


def test_tidying_begins_soon_after_the_start(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "FIRST_TIDYING_SECONDS", 0.01)
    tidied = threading.Semaphore(0)
    clockwork = Jobs(office.deliverer(), plan=lambda: 0, housekeep=tidied.release)
    clockwork.start()
    try:
        assert tidied.acquire(timeout=WITHIN)
    finally:
        clockwork.stop()


def test_what_is_done_every_hour_is_done_at_first_and_then_once_an_hour() -> None:
    seconds, done = [1000.0], []
    tidy = at_most_every(3600, lambda: done.append(seconds[0]), clock=lambda: seconds[0])
    for seconds[0] in (1060.0, 1120.0, 4659.0, 4660.0, 4720.0, 9999.0):
        tidy()
    assert done == [1060.0, 4660.0, 9999.0]


def test_stopping_what_never_started_does_no_harm(office: Office) -> None:
    assert Jobs(office.deliverer(), plan=lambda: 0, housekeep=lambda: None).stop()


def test_a_ring_is_kept_for_whoever_comes_next_and_a_closed_bell_lets_everybody_go() -> None:
    bell = Bell()
    bell.ring()
    assert bell.wait()
    bell.close()
    assert not bell.wait()


def test_an_alarm_rings_by_itself_the_earliest_first() -> None:
    bell = Bell()
    with sleeping(bell) as woken:
        bell.ring_in(QUIET)
        bell.ring_in(0.01)
        bell.ring_in(QUIET)
        assert woken()


def test_whoever_is_woken_leaves_the_alarm_to_another() -> None:
    bell = Bell()
    with sleeping(bell) as first, sleeping(bell) as second:
        bell.ring_in(0.2)
        bell.call()
        assert first()
        assert second()


@contextmanager
def sleeping(bell: Bell) -> Iterator[Callable[[], bool]]:
    """Have somebody wait at the bell; what is given tells whether they were woken by work in the end."""
    answers: list[bool] = []
    sleeper = threading.Thread(target=lambda: answers.append(bell.wait()))
    sleeper.start()

    def woken() -> bool:
        sleeper.join(WITHIN)
        return answers == [True]

    try:
        yield woken
    finally:
        bell.close()
        sleeper.join(WITHIN)


def test_the_first_ring_is_answered_at_once_and_those_that_follow_wait_until_it_was_quiet() -> None:
    bell = Bell(gather_seconds=0.05)
    bell.ring()
    assert bell.wait()
    answered = monotonic()
    for _ in range(3):
        bell.ring()
    assert bell.wait()
    assert monotonic() - answered >= 0.049


def test_a_burst_is_answered_once() -> None:
    bell = Bell(gather_seconds=QUIET)
    bell.ring()
    assert bell.wait()
    for _ in range(3):
        bell.ring()
    with sleeping(bell) as woken:
        bell.close()
        assert not woken()


def test_a_call_for_help_is_answered_at_once_also_in_the_quiet() -> None:
    bell = Bell(gather_seconds=QUIET)
    bell.ring()
    assert bell.wait()
    with sleeping(bell) as woken:
        bell.call()
        assert woken()


def test_an_alarm_is_answered_when_it_is_due_also_in_the_quiet() -> None:
    bell = Bell(gather_seconds=QUIET)
    bell.ring()
    assert bell.wait()
    with sleeping(bell) as woken:
        bell.ring_in(0.0)
        assert woken()


def test_a_ring_in_the_quiet_outlives_the_call_that_took_its_sleeper() -> None:
    bell = Bell(gather_seconds=0.05)
    bell.ring()
    assert bell.wait()
    with sleeping(bell) as woken:
        bell.ring()
        bell.call()
        assert woken()
        assert bell.wait()
