"""What may wait until an answer is out, and may get lost with the process: nothing that is promised."""

import threading
from collections.abc import Callable, Hashable
from logging import getLogger

log = getLogger(__name__)

PAUSE_SECONDS = 0.2
"""How long things wait at the most: by then the answer is out, and the same is often asked for again."""
MOST = 1000
"""Things that wait at once; beyond that those that waited longest are let go."""
STOP_WITHIN_SECONDS = 3.0


class Afterwards:
    """Does things one after the other in a thread of its own; of two by the same name only the later."""

    def __init__(self, pause_seconds: float = PAUSE_SECONDS) -> None:
        """Begin with nothing to do."""
        self._turn = threading.Lock()
        self._waiting: dict[Hashable, Callable[[], None]] = {}
        self._pause_seconds = pause_seconds
        # The first thing after a rest wakes the thread: woken at each, it would hold up the answers.
        self._came = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._work, name="afterwards", daemon=True)

    def __call__(self, name: Hashable, run: Callable[[], None]) -> None:
        """Have it done in a moment; returns at once."""
        with self._turn:
            is_first = not self._waiting
            self._waiting.pop(name, None)
            self._waiting[name] = run
            if len(self._waiting) > MOST:
                del self._waiting[next(iter(self._waiting))]
        if is_first:
            self._came.set()

    def start(self) -> None:
        """Start to do what comes."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being done, and let go of the rest. Does no harm when never started."""
        self._closed.set()
        self._came.set()
        if self._thread.is_alive():
            self._thread.join(STOP_WITHIN_SECONDS)

    def catch_up(self) -> None:
        """Do here and now all that waits."""
        with self._turn:
            waiting, self._waiting = self._waiting, {}
        for run in waiting.values():
            try:
                run()
            except Exception:
                log.exception("what came after an answer failed")

    def _work(self) -> None:
        while True:
            self._came.wait()
            self._came.clear()
            if self._closed.wait(self._pause_seconds):
                return
            self.catch_up()
