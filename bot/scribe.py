"""Writes log lines: at once what somebody has to see to, the rest together, a moment later.

To write lets go of the interpreter and waits for it again, and to spell a line takes longer in the midst of a
request than in a row with others. So while a server answers, neither is done in a request.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from typing import Any

Event = MutableMapping[str, Any]
"""What a line says, not yet in its spelling."""

STANDARD_ERROR = 2
GATHER_SECONDS = 0.05
"""How long a line waits at the most."""
MOST = 1000
"""Lines that wait at once; whoever brings more writes them, and waits for whoever reads them."""


class Scribe:
    """Writes in as few calls as may be: Python's own file would make the threads queue."""

    def __init__(self, to: int = STANDARD_ERROR, gather_seconds: float = GATHER_SECONDS) -> None:
        """Begin by writing each line at once, to the file of that number."""
        self._to = to
        self._gather_seconds = gather_seconds
        self.render: Callable[[Event], str] = str
        """Makes a line of an event."""
        self._waiting: deque[Event] = deque()
        self._is_gathering = False
        # A signal handler may have something to say while this very thread writes.
        self._writing = threading.RLock()
        # The first line after a rest wakes the thread, no other.
        self._came = threading.Event()
        self._closed = threading.Event()

    def debug(self, event: Event) -> None:
        """Write a line that may wait for others."""
        self._waiting.append(event)
        if not self._is_gathering or len(self._waiting) > MOST:
            self.catch_up()
        elif not self._came.is_set():
            self._came.set()

    info = debug

    def warning(self, event: Event) -> None:
        """Write a line at once, behind those that wait."""
        self._waiting.append(event)
        self.catch_up()

    error = critical = warning

    def catch_up(self) -> None:
        """Write all that waits. That nobody can read it any more is no trouble of whoever says it."""
        with self._writing:
            lines = "".join(f"{self.render(event)}\n" for event in self._taken())
            if lines:
                with suppress(OSError):
                    os.write(self._to, lines.encode(errors="replace"))

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Let lines wait meanwhile; afterwards all of them are written."""
        self._closed.clear()
        thread = threading.Thread(target=self._work, name="scribe", daemon=True)
        thread.start()
        self._is_gathering = True
        try:
            yield
        finally:
            self._is_gathering = False
            self._closed.set()
            self._came.set()
            thread.join()
            self.catch_up()

    def _taken(self) -> Iterator[Event]:
        with suppress(IndexError):
            while True:
                yield self._waiting.popleft()

    def _work(self) -> None:
        while not self._closed.is_set():
            self._came.wait()
            self._closed.wait(self._gather_seconds)
            self._came.clear()
            self.catch_up()
