"""How the bot's process does, as the page shows it, and the wish to start it anew."""

import asyncio
from collections.abc import Callable
from enum import StrEnum


class Condition(StrEnum):
    """How the bot does."""

    STARTING = "starting"
    RUNNING = "running"
    RESTARTING = "restarting"
    DOWN = "down"


_ON_ITS_WAY = frozenset({Condition.STARTING, Condition.RESTARTING})


class BotSwitch:
    """The bot's condition and since when; ``wish`` is None where nobody could start a process."""

    def __init__(self, clock: Callable[[], float], changed: Callable[[], None]) -> None:
        """Take the clock, and whom to tell that the bot does otherwise."""
        self._clock, self._changed = clock, changed
        self.wish: Callable[[], None] | None = None
        self.condition = Condition.STARTING
        self.since = clock()
        self._at_rest = asyncio.Event()

    async def at_rest(self) -> None:
        """Wait until no process is on its way any more, where there can be one at all."""
        if self.wish is not None:
            await self._at_rest.wait()

    def became(self, condition: Condition) -> None:
        """Note how the bot does now."""
        self.condition, self.since = condition, self._clock()
        if condition in _ON_ITS_WAY:
            self._at_rest.clear()
        else:
            self._at_rest.set()
        self._changed()

    def is_restarting(self) -> bool:
        """Tell whether the bot is away because somebody wished for a new process."""
        return self.condition is Condition.RESTARTING

    def restart(self) -> bool:
        """Wish for a new process; False where there is nobody to grant it, or one is on its way already."""
        if self.wish is None or self.condition not in {Condition.RUNNING, Condition.DOWN}:
            return False
        self.became(Condition.RESTARTING)
        self.wish()
        return True
