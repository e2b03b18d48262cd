"""The threads that answer: many of them, for some wait for Slack, and few at work at the same time.

More than a few would only scramble for the interpreter, which each call of the database lets go of: a request
takes a sixth more of the processor then. Who is through with one takes the next, and nobody has to be woken.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from waitress.task import ThreadedTaskDispatcher

AT_WORK = 4
"""Requests at once, beside those that wait for Slack; as many connections to the database are at hand."""

_mine = threading.local()


class Workers(ThreadedTaskDispatcher):
    """Waitress's threads, a few of them at work at a time."""

    def __init__(self, threads: int) -> None:
        """Start the threads."""
        super().__init__()
        self._at_work = 0
        self.set_thread_count(threads)

    def add_task(self, task: Any) -> None:  # noqa: ANN401 - Waitress's own.
        """Have it carried out as soon as there is room."""
        with self.lock:
            self.queue.append(task)
            self._call()

    def handler_thread(self, thread_no: int) -> None:
        """Carry out one task after the other."""
        _mine.workers = self
        while (task := self._next(thread_no)) is not None:
            try:
                task.service()
            except BaseException:
                self.logger.exception("a task failed")
            finally:
                with self.lock:
                    self._at_work -= 1

    def _next(self, thread_no: int) -> Any:  # noqa: ANN401 - as above.
        """Wait for a task and for room; None once this thread is to end."""
        with self.lock:
            while not self.stop_count and not self._has_room():
                self.queue_cv.wait()
            if not self.stop_count:
                self._at_work += 1
                return self.queue.popleft()
            self.stop_count -= 1
            self.threads.discard(thread_no)
            self.thread_exit_cv.notify()
            return None

    def _has_room(self) -> bool:
        return bool(self.queue) and self._at_work < AT_WORK

    def _call(self) -> None:
        if self._has_room():
            self.queue_cv.notify()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Leave this thread's room to another; whoever comes back goes on at once."""
        with self.lock:
            self._at_work -= 1
            self._call()
        try:
            yield
        finally:
            with self.lock:
                self._at_work += 1


@contextmanager
def waiting() -> Iterator[None]:
    """Wait for somebody outside: if this thread answers requests, another may do so meanwhile."""
    workers: Workers | None = getattr(_mine, "workers", None)
    if workers is None:
        yield
        return
    with workers.away():
        yield
