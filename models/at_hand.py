"""A few connections kept at hand for the statements that go straight to the driver.

The pool's care for a connection at each loan takes longer than such a statement. These are taken out of the
pool for good; where all of them are lent, the pool serves as ever.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection

from models.errors import DatabaseBusy


@dataclass(slots=True)
class _Lent:
    """A connection; ``pooled`` where it is the pool's."""

    driver: Any
    pooled: PoolProxiedConnection | None = None
    rests_since: float = 0.0


class AtHand:
    """Lends connections on which every statement stands for itself, unless it begins a transaction.

    The one that came back last is lent first: SQLite's still remember their pages.
    """

    def __init__(
        self, engine: Engine, most: int, lives: Callable[[Any, float], bool] = lambda _driver, _since: True
    ) -> None:
        """Take how many to keep, and what tells whether one that rests since then may still be lent."""
        self._engine = engine
        self._lives = lives
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._kept: deque[_Lent | None] = deque([None] * most)

    def lend(self) -> "Loan":
        """Return a connection for a ``with`` block; one that fails in it is not lent again."""
        return Loan(self)

    def take(self) -> _Lent:
        """Return a connection that lives."""
        try:
            kept = self._kept.pop()
        except IndexError:
            pooled = self._engine.raw_connection()
            return _Lent(self._committing(pooled.driver_connection, by_itself=True), pooled)
        if kept is not None:
            if self._lives(kept.driver, kept.rests_since):
                return kept
            kept.driver.close()
        try:
            pooled = self._engine.raw_connection()
            kept = _Lent(self._committing(pooled.driver_connection, by_itself=True))
        except BaseException:
            self._kept.append(None)
            raise
        pooled.detach()
        return kept

    def is_sound_after(self, error: BaseException | None) -> bool:
        """Tell whether a connection may be lent again: Postgres keeps it where it only stops a statement."""
        return error is None or (isinstance(error, DatabaseBusy) and not self._is_sqlite)

    def give_back(self, lent: _Lent, *, is_sound: bool) -> None:
        """Take back what ``take`` returned."""
        if lent.pooled is None:
            if is_sound:
                lent.rests_since = monotonic()
            else:
                lent.driver.close()
            self._kept.append(lent if is_sound else None)
            return
        if is_sound:
            self._committing(lent.driver, by_itself=False)
        else:
            lent.pooled.invalidate()
        lent.pooled.close()

    def close(self) -> None:
        """Close what is not lent."""
        for _ in range(len(self._kept)):
            kept = self._kept.popleft()
            if kept is not None:
                kept.driver.close()
            self._kept.append(None)

    def _committing(self, driver: Any, *, by_itself: bool) -> Any:  # noqa: ANN401 - of either driver.
        """Tell a connection to Postgres whether each statement commits by itself; SQLite's always do."""
        if not self._is_sqlite:
            driver.autocommit = by_itself
        return driver


class Loan:
    """A connection for the length of a ``with`` block."""

    __slots__ = ("_hand", "_lent")

    def __init__(self, hand: AtHand) -> None:
        """Take who lends."""
        self._hand = hand

    def __enter__(self) -> Any:  # noqa: ANN401 - of either driver.
        self._lent = self._hand.take()
        return self._lent.driver

    def __exit__(self, _kind: object, error: BaseException | None, _where: object) -> None:
        self._hand.give_back(self._lent, is_sound=self._hand.is_sound_after(error))
