"""How long calls may take that are made one after the other: what they are for has an end of its own."""

import math
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

ANSWER_WITHIN = 2.5
"""Seconds for everything that a request asks of Slack, which waits three for the answer.

The rest is for our own work and the way back.
"""

_over_at: ContextVar[float] = ContextVar("over_at", default=math.inf)
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the machine sleeps, where there is such a clock."""


def answering(within: float = ANSWER_WITHIN) -> AbstractContextManager[None]:
    """Answer what has just arrived: calls made meanwhile share its time."""
    return over_within(within)


@contextmanager
def over_within(seconds: float) -> Iterator[None]:
    """Have all calls that are made meanwhile end within so many seconds; those begun later are not made."""
    token = _over_at.set(time.clock_gettime(_CLOCK) + seconds)
    try:
        yield
    finally:
        _over_at.reset(token)


def time_for_a_call(longest: float) -> float:
    """Return how many seconds a call may take now, ``longest`` where nothing that it is for ends before."""
    return max(0.0, min(longest, _over_at.get() - time.clock_gettime(_CLOCK)))
