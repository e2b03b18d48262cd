"""The names of messages: moments in microseconds, each given once."""

from collections.abc import Callable

_MICROSECONDS = 1_000_000


class Timestamps:
    """Gives each message its ``ts``, always later than the one before."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take the clock, in seconds since 1970."""
        self._clock = clock
        self._last = 0

    def next(self, moment: float | None = None) -> str:
        """Return a ts for that moment, or for now."""
        micros = round((self._clock() if moment is None else moment) * _MICROSECONDS)
        self._last = max(micros, self._last + 1)
        return f"{self._last // _MICROSECONDS}.{self._last % _MICROSECONDS:06d}"

    def skip_past(self, ts: str) -> None:
        """Never give a ts up to this one again."""
        seconds, micros = ts.split(".")
        self._last = max(self._last, int(seconds) * _MICROSECONDS + int(micros))
