"""Whether this process can do its work: what ``/readyz`` answers."""

import threading
import time
from collections.abc import Callable, Mapping

from models.value import Value

GOOD_FOR = 10.0
"""Seconds for which a good answer serves; probes come often, and each look costs a call."""
BAD_FOR = 2.0
"""Seconds for which a bad answer serves."""

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

    def __init__(self, checks: Mapping[str, Check], seconds: Callable[[], float] = time.monotonic) -> None:
        """Take the checks by name; ``seconds`` is a clock that only goes forward."""
        self._checks = checks
        self._seconds = seconds
        self._looking = threading.Lock()
        self._last = Health({})
        self._serves_until = float("-inf")

    def look(self) -> Health:
        """Return what the checks say now, or said a moment ago."""
        with self._looking:
            if self._seconds() >= self._serves_until:
                self._last = Health({name: check() for name, check in self._checks.items()})
                self._serves_until = self._seconds() + (GOOD_FOR if self._last.is_ready else BAD_FOR)
            return self._last
