"""The planner: turns rules into times with steps, carries out the steps that are due, and plans mornings."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from logging import getLogger

from models.services.mornings.planning import MorningPlanner
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from scheduled.ports import Clock

log = getLogger(__name__)


class Planner:
    """Looks at what is due. Any number of threads and processes may run it at the same time."""

    def __init__(
        self,
        *,
        is_due: Callable[[datetime], bool],
        rituals: RitualPlanner,
        steps: StepRunner,
        mornings: MorningPlanner,
        clock: Clock,
        watches: Sequence[Callable[[datetime], int]] = (),
        strangers: Callable[[datetime], Collection[str]] = lambda _now: (),
    ) -> None:
        """Take what it works with; ``is_due`` is a cheap look that locks nothing.

        ``watches`` do what time brings to records themselves; each says of how many. ``strangers`` are the
        kinds of rituals that are due and that only a newer version knows.
        """
        self._is_due = is_due
        self._rituals = rituals
        self._steps = steps
        self._mornings = mornings
        self._clock = clock
        self._watches = watches
        self._strangers = strangers
        self._told_of: set[str] = set()

    def run_once(self) -> int:
        """Plan and carry out until nothing is due, and return how many things were dealt with."""
        now = self._clock()
        count = sum(self._watched(watch, now) for watch in self._watches)
        count += self._run_rituals(now) if self._is_due(now) else 0
        # After the rituals: what they have just written down may be part of a morning.
        while planned := self._mornings.plan(now=now):
            count += planned
        return count

    def _run_rituals(self, now: datetime) -> int:
        count = 0
        while planned := self._rituals.plan(now=now):
            count += planned
        while carried_out := self._steps.run(now=now):
            count += carried_out
        if not count:
            self._tell_of_strangers(now)
        return count

    def _tell_of_strangers(self, now: datetime) -> None:
        """Say once of each kind why nothing comes of it; it waits for the version that knows it."""
        for kind in sorted({*self._strangers(now)} - self._told_of):
            self._told_of.add(kind)
            log.warning("left rituals of the kind %s alone: only a newer version knows what to do", kind)

    def _watched(self, watch: Callable[[datetime], int], now: datetime) -> int:
        """Let a watch look until it finds nothing any more."""
        count = 0
        while found := watch(now):
            count += found
        return count
