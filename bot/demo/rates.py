"""Slack's rate limits, when they are switched on."""

import math
from collections import defaultdict, deque
from collections.abc import Callable

_MINUTE = 60.0
_TIER_3, _TIER_4 = 50, 100

# Calls a minute for each method.
_TIERS = {
    "auth.test": _TIER_4,
    "users.info": _TIER_4,
    "conversations.info": _TIER_3,
    "conversations.members": _TIER_4,
    "chat.postEphemeral": _TIER_4,
    "chat.update": _TIER_3,
    "chat.delete": _TIER_3,
    "views.open": _TIER_4,
    "views.update": _TIER_4,
}
_POST = "chat.postMessage"
_POST_SECONDS = 1.0


class RateLimits:
    """Counts calls and tells how long to wait; does nothing until ``enabled`` is set."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take the clock, in seconds."""
        self.enabled = False
        self._clock = clock
        self._calls: dict[str, deque[float]] = defaultdict(deque)

    def wait_before(self, method: str, channel: str) -> int:
        """Count a call, or return in how many whole seconds it may be tried again."""
        if not self.enabled:
            return 0
        if method == _POST:
            return self._count(f"{method} {channel}", 1, _POST_SECONDS)
        return self._count(method, _TIERS[method], _MINUTE)

    def _count(self, name: str, allowed: int, window: float) -> int:
        now, calls = self._clock(), self._calls[name]
        while calls and calls[0] <= now - window:
            calls.popleft()
        if len(calls) >= allowed:
            return max(1, math.ceil(calls[0] + window - now))
        calls.append(now)
        return 0
