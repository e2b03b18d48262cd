"""The threads that answer: a few at work, any number waiting for Slack, and none that is forgotten."""

from collections.abc import Callable, Iterator
from threading import Event, Semaphore

import pytest

from bot.workers import AT_WORK, Workers, waiting

DEADLINE = 10
THREADS = 3 * AT_WORK


class Task:
    """A request, to Waitress."""

    def __init__(self, service: Callable[[], object]) -> None:
        self.service = service


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers(THREADS)
    yield workers
    assert workers.shutdown(timeout=DEADLINE)
    assert not workers.threads


def test_few_are_at_work_and_all_get_their_turn(workers: Workers) -> None:
    begun, go = Semaphore(0), Event()

    def work() -> None:
        begun.release()
        go.wait(DEADLINE)

    for _ in range(2 * THREADS):
        workers.add_task(Task(work))
    for _ in range(AT_WORK):
        assert begun.acquire(timeout=DEADLINE)
    assert len(workers.queue) == 2 * THREADS - AT_WORK
    go.set()
    for _ in range(2 * THREADS - AT_WORK):
        assert begun.acquire(timeout=DEADLINE)


def test_who_waits_for_slack_keeps_nobody_from_working_and_goes_on_at_once(workers: Workers) -> None:
    away, answered, over, come_back = Semaphore(0), Semaphore(0), Semaphore(0), Event()

    def ask_slack() -> None:
        with waiting():
            away.release()
            come_back.wait(DEADLINE)
        over.release()

    for _ in range(THREADS - 1):
        workers.add_task(Task(ask_slack))
    for _ in range(THREADS - 1):
        assert away.acquire(timeout=DEADLINE)
    for _ in range(AT_WORK + 1):
        workers.add_task(Task(answered.release))
    for _ in range(AT_WORK + 1):
        assert answered.acquire(timeout=DEADLINE)
    come_back.set()
    for _ in range(THREADS - 1):
        assert over.acquire(timeout=DEADLINE)
    for _ in range(AT_WORK + 1):
        workers.add_task(Task(answered.release))
    for _ in range(AT_WORK + 1):
        assert answered.acquire(timeout=DEADLINE), "room was given back once for each that left"


def test_one_that_fails_leaves_its_room_to_others(workers: Workers) -> None:
    done = Semaphore(0)

    def fail() -> None:
        with waiting():
            raise KeyError

    for _ in range(THREADS):
        workers.add_task(Task(fail))
    for _ in range(AT_WORK + 1):
        workers.add_task(Task(done.release))
    for _ in range(AT_WORK + 1):
        assert done.acquire(timeout=DEADLINE)


def test_any_other_thread_waits_as_ever() -> None:
    with waiting():
        pass
