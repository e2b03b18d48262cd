"""The database is away: said once with the way there, now and then while it lasts, and once it is back."""

import threading
from collections.abc import Callable
from logging import getLogger
from time import monotonic

from models.errors import DatabaseBusy

log = getLogger(__name__)

TELL_EVERY = 600.0
"""Seconds between two lines about the same outage; whoever asks the database does so every second."""

Explain = Callable[[Exception], str | None]
"""Returns why the database cannot be asked; None where an error is about something else."""


class Outage:
    """Watches over all that asks the database each time, in any number of threads."""

    def __init__(
        self,
        explain: Explain,
        seconds: Callable[[], float] = monotonic,
        require: Callable[[], None] = lambda: None,
        prove: Callable[[], None] = lambda: None,
    ) -> None:
        """``seconds`` is a clock that only goes forward; ``require`` raises what no question would tell.

        ``prove`` does what a database has to be able to before it is back, and raises where it is not.
        """
        self._explain = explain
        self._require = require
        self._prove = prove
        self._seconds = seconds
        self._changing = threading.Lock()
        self._since: float | None = None
        self._failed_at = self._told_at = self._answered_at = float("-inf")

    def watch(self, name: str, work: Callable[[], object]) -> None:
        """Do the work; an error of its own is logged, and the next tick tries again."""
        began = self._seconds()
        try:
            self._require()
            work()
            if self._since is not None:
                self._prove()
        except Exception as error:
            why = self._explain(error)
            if why is None:
                log.exception("%s failed", name)
            else:
                self._is_away(began, why, error)
        else:
            self._answers(began)

    def tell(self, what: str, error: Exception) -> bool:
        """Log what an error kept from being done; return whether the database is, or may be, away.

        With its way through the program, unless it is one of the many errors of an outage.
        """
        why = self._explain(error)
        if why is None:
            log.error(what, exc_info=error)
            return False
        if isinstance(error, DatabaseBusy):
            log.error("%s: %s", what, why)
        else:
            self._is_away(self._seconds(), why, error)
            log.error("%s: %s", what, type(error).__name__)
        return True

    def _is_away(self, began: float, why: str, error: Exception) -> None:
        with self._changing:
            if began < self._answered_at:
                # Others have had an answer since: it is back already.
                return
            now = self._failed_at = self._seconds()
            if self._since is None:
                self._since, self._told_at = now, now
                log.error("the database is away; all that is due waits for it: %s", why, exc_info=error)
            elif now - self._told_at >= TELL_EVERY:
                self._told_at = now
                log.error("the database has been away for %d minutes: %s", (now - self._since) / 60, why)

    def _answers(self, began: float) -> None:
        with self._changing:
            if self._since is None or began < self._failed_at:
                return
            self._answered_at = self._seconds()
            # A warning, for whoever read of the outage in a log without the rest.
            log.warning("the database is back, after %d seconds", self._answered_at - self._since)
            self._since = None
