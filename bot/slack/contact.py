"""Slack gives no answer: said once with why, now and then while it lasts, and once it answers again."""

import threading
from collections.abc import Callable
from time import monotonic

from structlog import get_logger

from bot.slack.silence import why_silent

log = get_logger(__name__)

TELL_EVERY = 600.0
"""Seconds between two lines about the same outage; whoever sends tries again every few of them."""
NO_WAY_OUT = "let this machine reach {host}, or set HTTPS_PROXY; `drumbeat doctor` looks closer"
NO_PROXY = "look at the proxy that HTTPS_PROXY names; `drumbeat doctor` looks closer"


class Contact:
    """What all clients of a process know together of whether Slack answers."""

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        """``seconds`` is a clock that only goes forward."""
        self._seconds = seconds
        self._changing = threading.Lock()
        self._since: float | None = None
        self._quiet_until = 0.0

    def lost(self, error: OSError, host: str, *, has_proxy: bool) -> None:
        """Tell that a call got no answer, unless that has been told."""
        with self._changing:
            now = self._seconds()
            if self._since is None:
                self._since = now
            elif now < self._quiet_until:
                return
            self._quiet_until = now + TELL_EVERY
            remedy = NO_PROXY if has_proxy else NO_WAY_OUT.format(host=host)
            lasts = round(now - self._since)
        log.warning("slack_unreachable", why=why_silent(error), remedy=remedy, for_seconds=lasts)

    def kept(self) -> None:
        """Tell that a call got an answer, where that is news."""
        if self._since is None:
            return
        with self._changing:
            since, self._since = self._since, None
        if since is not None:
            # A warning, for whoever read of the outage in a log without the rest.
            log.warning("slack_reachable_again", after_seconds=round(self._seconds() - since))
