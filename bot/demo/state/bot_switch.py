"""How the bot's process does, as the page shows it, and the wish to start it anew."""

from collections.abc import Callable
from enum import StrEnum


class Condition(StrEnum):
    """How the bot does."""

    STARTING = "starting"
    RUNNING = "running"
    RESTARTING = "restarting"
    DOWN = "down"


class BotSwitch:
    """The bot's condition and since when; ``wish`` is None where nobody could start a process."""

    def __init__(self, clock: Callable[[], float], changed: Callable[[], None]) -> None:
        """Take the clock, and whom to tell that the bot does otherwise."""
        self._clock, self._changed = clock, changed
        self.wish: Callable[[], None] | None = None
        self.condition = Condition.STARTING
        self.since = clock()

    def became(self, condition: Condition) -> None:
        """Note how the bot does now."""
        self.condition, self.since = condition, self._clock()
        self._changed()

    def restart(self) -> bool:
        """Wish for a new process; False where there is nobody to grant it, or one is on its way already."""
        if self.wish is None or self.condition not in {Condition.RUNNING, Condition.DOWN}:
            return False
        self.became(Condition.RESTARTING)
        self.wish()
        return True
