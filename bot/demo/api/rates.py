"""Slack's rate limits, when they are switched on."""

import math
from collections import defaultdict, deque
from collections.abc import Callable

_MINUTE = 60.0
_POST = "chat.postMessage"
_POST_SECONDS = 1.0
_POSTS_A_MINUTE = 300
"""In the whole workspace; Slack says "several hundred"."""


class RateLimits:
    """Counts calls and tells how long to wait; does nothing until ``enabled`` is set."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take the clock, in seconds."""
        self.enabled = False
        self._clock = clock
        self._calls: dict[str, deque[float]] = defaultdict(deque)

    def wait_before(self, method: str, channel: str, a_minute: int) -> int:
        """Count a call, or return in how many whole seconds it may be tried again."""
        if not self.enabled:
            return 0
        if method == _POST:
            in_channel = self._count(f"{method} {channel}", 1, _POST_SECONDS)
            return in_channel or self._count(method, _POSTS_A_MINUTE, _MINUTE)
        return self._count(method, a_minute, _MINUTE)

    def _count(self, name: str, allowed: int, window: float) -> int:
        now, calls = self._clock(), self._calls[name]
        while calls and calls[0] <= now - window:
            calls.popleft()
        if len(calls) >= allowed:
            return max(1, math.ceil(calls[0] + window - now))
        calls.append(now)
        return 0
