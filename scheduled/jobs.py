"""What runs beside the answers to people: threads that deliver, and APScheduler's ticks that wake them.

The ticks carry no business state: what is due stands in the database, and every tick only looks there.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from time import monotonic

from apscheduler.schedulers.background import BackgroundScheduler

from scheduled.delivery import Deliverer
from scheduled.outage import Outage

DELIVERY_THREADS = 4
"""One call that hangs holds up its own lane; the other threads serve the others."""

LOOK_EVERY_SECONDS = 1
"""For what nobody rang for: other processes' doings, and what was to wait for longer than a moment."""
GATHER_SECONDS = 0.05
"""Between two looks for something to send: a burst of requests causes one, and nobody notices the wait."""

TIDY_EVERY_SECONDS = 3600.0
FIRST_TIDYING_SECONDS = 60
"""After the start, which has better to do; so a process that never lives for an hour tidies as well."""

STOP_WITHIN_SECONDS = 10.0
"""How long stopping waits for what is under way; longer than a call's deadline."""


class Bell:
    """Wakes one sleeper a ring; a ring that nobody waits for is kept for whoever comes next.

    Rings that follow one another quickly are answered together, the first of them at once. A call for
    help and an alarm, which are about something that is known, are answered at once whenever they come.
    """

    def __init__(self, gather_seconds: float = GATHER_SECONDS) -> None:
        """Begin silent; ``gather_seconds`` lie between two answers at the least."""
        self._condition = threading.Condition()
        self._gather_seconds = gather_seconds
        self._rung = False
        self._helpers_wanted = 0
        self._quiet_until = 0.0
        self._alarm: float | None = None
        self._closed = False

    def ring(self) -> None:
        """Say that there may be work, without waiting for anybody."""
        with self._condition:
            if not self._rung:
                self._rung = True
                self._condition.notify()

    def call(self) -> None:
        """Ask for one more to share the work that somebody has found."""
        with self._condition:
            self._helpers_wanted += 1
            self._condition.notify()

    def ring_in(self, seconds: float) -> None:
        """Ring by itself in so many seconds; of several such wishes the earliest counts."""
        with self._condition:
            at = monotonic() + seconds
            if self._alarm is None or at < self._alarm:
                self._alarm = at
                self._condition.notify()

    def wait(self) -> bool:
        """Wait for a ring or a call; False once the bell is closed."""
        with self._condition:
            while not self._closed:
                if self._helpers_wanted:
                    self._helpers_wanted = 0
                    self._pass_on()
                    return True
                now = monotonic()
                if self._alarm is not None and self._alarm <= now:
                    self._alarm = None
                    self._pass_on()
                    return True
                if self._rung and self._quiet_until <= now:
                    self._rung = False
                    self._quiet_until = now + self._gather_seconds
                    self._pass_on()
                    return True
                self._condition.wait(self._until_something(now))
            return False

    def _until_something(self, now: float) -> float | None:
        """Return the seconds until there is something to look at, if any is known."""
        known = [self._quiet_until] if self._rung else []
        known += [] if self._alarm is None else [self._alarm]
        return min(known) - now if known else None

    def close(self) -> None:
        """Wake everybody, for good."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def _pass_on(self) -> None:
        """Have somebody else wait for what is known to come, if whoever goes now did until now."""
        if self._rung or self._alarm is not None:
            self._condition.notify()


def at_most_every(
    seconds: float, work: Callable[[], None], clock: Callable[[], float] = monotonic
) -> Callable[[], None]:
    """Return what does the work when it is first called, and then only once so much time has passed."""
    next_at = clock()

    def occasionally() -> None:
        nonlocal next_at
        if clock() >= next_at:
            next_at = clock() + seconds
            work()

    return occasionally


class Jobs:
    """The clockwork of one process. Can be started once."""

    def __init__(
        self,
        deliverer: Deliverer,
        *,
        plan: Callable[[], int],
        housekeep: Callable[[], None],
        threads: int = DELIVERY_THREADS,
        outage: Outage | None = None,
        stop_within: float = STOP_WITHIN_SECONDS,
    ) -> None:
        """Take who delivers, what plans what comes round, and what tidies, soon and then every hour.

        ``outage`` tells errors of a database that is away from those of the work itself.
        """
        self._deliverer = deliverer
        self._outage = outage or Outage(lambda _error: None)
        self._stop_within = stop_within
        self._plan = plan
        self.housekeep = housekeep
        self._bell = Bell()
        self._rest = threading.Condition()
        self._at_work = 0
        self._threads = [
            threading.Thread(target=self._deliver, name=f"delivery-{number}", daemon=True)
            for number in range(threads)
        ]
        self._ticks: BackgroundScheduler | None = None

    def wake(self) -> None:
        """Say that there may be something to send; returns at once."""
        self._bell.ring()

    def settle(self) -> None:
        """Do here what is due by now, and return once the threads are through with their share of it."""
        self._plan()
        self._work()
        with self._rest:
            self._rest.wait_for(lambda: not self._at_work, timeout=STOP_WITHIN_SECONDS)

    def start(self) -> None:
        """Start to look every second, and whenever woken."""
        for thread in self._threads:
            thread.start()
        self._ticks = BackgroundScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        self._ticks.add_job(self.wake, "interval", seconds=LOOK_EVERY_SECONDS)
        self._ticks.add_job(self._watched("planning", self._plan), "interval", seconds=LOOK_EVERY_SECONDS)
        tidy = at_most_every(TIDY_EVERY_SECONDS, self.housekeep)
        self._ticks.add_job(self._watched("housekeeping", tidy), "interval", seconds=FIRST_TIDYING_SECONDS)
        self._ticks.start()
        self.wake()

    def stop(self) -> bool:
        """Let what is under way come to an end, and begin nothing else; tell whether all has ended.

        Does no harm when never started.
        """
        if self._ticks is None:
            return True
        self._ticks.shutdown(wait=False)
        self._deliverer.stop()
        self._bell.close()
        with self._rest:
            return self._rest.wait_for(lambda: not self._at_work, timeout=self._stop_within)

    def _watched(self, name: str, work: Callable[[], object]) -> Callable[[], None]:
        def watched() -> None:
            with self._working():
                self._outage.watch(name, work)

        return watched

    def _deliver(self) -> None:
        work = self._watched("delivery", self._work)
        while self._bell.wait():
            work()

    def _work(self) -> None:
        self._deliverer.run_once(claimed=self._bell.call, next_in=self._bell.ring_in)

    @contextmanager
    def _working(self) -> Iterator[None]:
        with self._rest:
            self._at_work += 1
        try:
            yield
        finally:
            with self._rest:
                self._at_work -= 1
                self._rest.notify_all()
