"""How long a request may take: Slack waits three seconds for the answer, whatever we ask of others."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ANSWER_WITHIN = 2.5
"""Seconds for everything that a request asks of Slack; the rest is for our own work and the way back."""

_answer_by: ContextVar[float] = ContextVar("answer_by", default=math.inf)


@contextmanager
def answering() -> Iterator[None]:
    """Answer what has just arrived: calls made meanwhile share its time."""
    token = _answer_by.set(time.monotonic() + ANSWER_WITHIN)
    try:
        yield
    finally:
        _answer_by.reset(token)


def time_for_a_call(longest: float) -> float:
    """Return how many seconds a call may take now, ``longest`` where nobody waits for an answer."""
    return max(0.0, min(longest, _answer_by.get() - time.monotonic()))
