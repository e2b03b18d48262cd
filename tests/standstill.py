"""A test of real seconds is tried again where the machine stood still meanwhile."""

import threading
import time

import pytest

NAP = 0.02
NOTICEABLE = 0.05
"""Seconds a nap may last too long for reasons of this process's own."""
TOO_LONG = 0.3
"""Seconds of standing still in all, from which on a test of real seconds says nothing."""


class Watch:
    """Adds up how long this process was not let run, from the first test that asks on."""

    def __init__(self) -> None:
        """Wait for the first test."""
        self._lost = 0.0
        self._looked = threading.Condition()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Count from now on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="standstill", daemon=True)
            self._thread.start()
        self._lost = 0.0

    def _look(self) -> None:
        while True:
            before = time.monotonic()
            time.sleep(NAP)
            late = time.monotonic() - before - NAP
            with self._looked:
                if late > NOTICEABLE:
                    self._lost += late
                self._looked.notify_all()

    def stood_still(self) -> bool:
        """Return whether the machine stood still for too long, and count anew for the next attempt.

        The nap that it stood still in counts once its thread was let run again, which may be after this one:
        hence the wait for the next look.
        """
        with self._looked:
            self._looked.wait()
            lost, self._lost = self._lost, 0.0
        return lost > TOO_LONG


WATCH = Watch()


IN_REAL_SECONDS = pytest.mark.flaky(reruns=3, condition=WATCH.stood_still)
"""Marks a test whose time is Slack's own: a failure counts, unless the machine stood still meanwhile."""


@pytest.fixture(autouse=True)
def _watched(request: pytest.FixtureRequest) -> None:
    """Count from the beginning of such a test."""
    if request.node.get_closest_marker(IN_REAL_SECONDS.name):
        WATCH.begin()
