"""The last exchanges between Slack and the bot, oldest first, and no more of each than a screen can use."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from enum import StrEnum

from bot.demo.wire.naming import Named, Sort
from models.value import Value

KEPT = 200


class Way(StrEnum):
    """Who asked whom."""

    TO_BOT = "to the bot"
    TO_SLACK = "to Slack"


class Half(Value):
    """A request or an answer, legible and without secrets: its first line, its headers, its body."""

    line: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""


class Exchange(Value, kw_only=True):
    """A request and what came of it; ``at`` is in seconds since 1970, ``answer`` None where none came."""

    number: int
    at: float
    milliseconds: float
    way: Way
    named: Named
    status: str
    is_ok: bool
    request: Half
    answer: Half | None


class Begun(Value):
    """An exchange under way: its place in the order, when it began, and where the stopwatch stood."""

    number: int
    at: float
    started: float


class Journal:
    """Remembers a bounded number of exchanges, in the order in which they began."""

    def __init__(
        self,
        clock: Callable[[], float],
        changed: Callable[[], None],
        stopwatch: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Take the clock, whom to tell of a new exchange, and what measures how long one takes."""
        self._clock, self._changed, self._stopwatch = clock, changed, stopwatch
        self._kept: deque[Exchange] = deque(maxlen=KEPT)
        self._last = 0

    def begin(self) -> Begun:
        """Note that something is being asked."""
        self._last += 1
        return Begun(self._last, self._clock(), self._stopwatch())

    def end(
        self,
        begun: Begun,
        way: Way,
        named: Named,
        *,
        status: str,
        is_ok: bool,
        request: Half,
        answer: Half | None,
    ) -> None:
        """Keep what was asked and what came of it."""
        exchange = Exchange(
            number=begun.number,
            at=begun.at,
            milliseconds=(self._stopwatch() - begun.started) * 1000,
            way=way,
            named=named,
            status=status,
            is_ok=is_ok,
            request=request,
            answer=answer,
        )
        self._kept.append(exchange)
        self._changed()

    def latest(self, sort: Sort | None = None) -> list[Exchange]:
        """List the exchanges, or those of one sort; what began last comes first."""
        wanted = (each for each in self._kept if sort in (None, each.named.sort))
        return sorted(wanted, key=lambda each: -each.number)

    def find(self, number: int) -> Exchange | None:
        """Find an exchange that is still kept."""
        return next((each for each in self._kept if each.number == number), None)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._changed()


def headers(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return headers with their names as people write them, in the order in which they came."""
    return tuple(("-".join(word.capitalize() for word in name.split("-")), value) for name, value in pairs)
