"""The planner: turns rules into times with steps, and carries out the steps that are due."""

from collections.abc import Callable
from datetime import datetime
from logging import getLogger

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
        clock: Clock,
    ) -> None:
        """Take what it works with; ``is_due`` is a cheap look that locks nothing."""
        self._is_due = is_due
        self._rituals = rituals
        self._steps = steps
        self._clock = clock

    def run_once(self) -> int:
        """Plan and carry out until nothing is due, and return how many things were dealt with."""
        now = self._clock()
        if not self._is_due(now):
            return 0
        count = 0
        while planned := self._rituals.plan(now=now):
            count += planned
        while carried_out := self._steps.run(now=now):
            count += carried_out
        return count
