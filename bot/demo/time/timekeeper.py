"""The bot's side of the demo's clock: goes where it is told, and does what is due there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from bot.demo.time.clock import DemoClock
from models.services.outlook import Outlook, Prospect

TIDY_EVERY = timedelta(hours=1)
"""As often as the clockwork does so by itself, in the machine's time."""


class Clockwork(Protocol):
    """What the bot does by the clock."""

    housekeep: Callable[[], None]

    def settle(self) -> None:
        """Do what is due."""


class Timekeeper:
    """Moves the bot's clock."""

    def __init__(self, clock: DemoClock, clockwork: Clockwork, outlook: Outlook) -> None:
        """Take the clock by which the bot was built, its clockwork, and who knows what comes next."""
        self._clock, self._clockwork, self._outlook = clock, clockwork, outlook
        self._tidied_at = clock()

    def settle(self, ahead: timedelta) -> Prospect:
        """Go so far ahead of the machine's clock, do all that is due, and return what comes next."""
        self._clock.put_ahead(ahead)
        now = self._clock()
        if now - self._tidied_at >= TIDY_EVERY:
            self._tidied_at = now
            self._clockwork.housekeep()
        self._clockwork.settle()
        return self._outlook.look(self._clock())
