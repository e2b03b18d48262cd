"""Whether this process can do its work: what ``/readyz`` answers."""

import threading
import time
from collections.abc import Callable, Mapping

from models.value import Value

GOOD_FOR = 4.0
"""Seconds for which a good answer serves; probes come often, and each look asks the database."""
BAD_FOR = 2.0
"""Seconds for which a bad answer serves."""
ANSWER_WITHIN = 2.0
"""Seconds for all checks together; who probes waits no longer than a few."""
LATE = "does not answer in time"

Check = Callable[[], str | None]
"""Returns what is wrong, for whoever runs Drumbeat to act on, or None."""


class Health(Value):
    """What each check found: None is well."""

    findings: Mapping[str, str | None]

    @property
    def is_ready(self) -> bool:
        """Tell whether every check is well."""
        return not any(self.findings.values())


class Readiness:
    """Runs the checks, one look at a time, and remembers what they said for a while."""

    def __init__(
        self,
        checks: Mapping[str, Check],
        seconds: Callable[[], float] = time.monotonic,
        within: float = ANSWER_WITHIN,
    ) -> None:
        """Take the checks by name; ``seconds`` is a clock that only goes forward."""
        self._checks = checks
        self._seconds = seconds
        self._within = within
        self._changed = threading.Condition()
        self._is_looking = False
        self._found: dict[str, str | None] = {}
        self._fault: Exception | None = None
        self._serves_until = float("-inf")

    def look(self) -> Health:
        """Return what the checks say now, or said a moment ago; of one that hangs, that it does."""
        with self._changed:
            if not self._is_looking and self._seconds() >= self._serves_until:
                self._is_looking = True
                self._found = {}
                # In a thread of its own: whoever watches has to hear of a check that never comes back.
                threading.Thread(target=self._run, name="readiness", daemon=True).start()
            self._changed.wait_for(lambda: not self._is_looking, self._within)
            if self._fault is not None:
                raise self._fault
            return Health({**dict.fromkeys(self._checks, LATE), **self._found})

    def _run(self) -> None:
        fault = None
        try:
            for name, check in self._checks.items():
                finding = check()
                with self._changed:
                    self._found[name] = finding
        except Exception as error:  # noqa: BLE001 - it is raised again where somebody looks.
            fault = error
        with self._changed:
            is_well = fault is None and Health(self._found).is_ready
            self._serves_until = self._seconds() + (GOOD_FOR if is_well else BAD_FOR)
            self._fault, self._is_looking = fault, False
            self._changed.notify_all()
