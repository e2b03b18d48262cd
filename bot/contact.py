"""Whether Slack answers and still knows us: asked anew now and then, while somebody wants to know."""

import threading
import time
from collections.abc import Callable

from structlog import get_logger

from bot.installation import UNREACHABLE, Installation

log = get_logger(__name__)

GOOD_FOR = 60.0
"""Seconds for which Slack's good word serves, however many ask."""
AGAIN_AFTER = 10.0
"""Seconds from a failure to the next call."""
BORNE_FOR = 15.0
"""Seconds for which failures are borne where Slack knew us before: one call that got lost is no outage."""
WAIT = 1.2
"""Seconds that whoever asks waits for a call; it may take longer, and others have to be looked at as well."""


class Contact:
    """Asks Slack at most so often, beside whoever wants to know, and remembers since when it fails."""

    def __init__(
        self,
        installation: Installation,
        seconds: Callable[[], float] = time.monotonic,
        wait: float = WAIT,
    ) -> None:
        """Take who asks; ``seconds`` is a clock that only goes forward."""
        self._installation = installation
        self._seconds = seconds
        self._wait = wait
        self._changed = threading.Condition()
        self._is_asking = False
        self._code: str | None = UNREACHABLE
        self._fails_since = self._serves_until = float("-inf")
        self._was_heard = False

    def refusal(self) -> str | None:
        """Return Slack's word for why it does not confirm who we are, or UNREACHABLE; None where it does."""
        with self._changed:
            if not self._is_asking and self._seconds() >= self._serves_until:
                self._is_asking = True
                threading.Thread(target=self._ask, name="contact", daemon=True).start()
            self._changed.wait_for(lambda: not self._is_asking, self._wait)
            if self._code is None or self._seconds() - self._fails_since < BORNE_FOR:
                return None
            return self._code

    def _ask(self) -> None:
        code: str | None = UNREACHABLE
        try:
            code = self._installation.refusal_by_now()
        finally:
            with self._changed:
                self._hear(code, self._seconds())
                self._is_asking = False
                self._changed.notify_all()

    def _hear(self, code: str | None, now: float) -> None:
        was_well = self._code is None
        if code is None:
            if self._was_heard and not was_well:
                # A warning, for whoever read of the silence in a log without the rest.
                log.warning("slack_confirms_again", seconds=round(now - self._fails_since))
            self._was_heard = True
            self._serves_until = now + GOOD_FOR
        elif self._was_heard:
            if was_well:
                log.warning("slack_does_not_confirm", code=code)
                self._fails_since = now
            self._serves_until = now + AGAIN_AFTER
        self._code = code
