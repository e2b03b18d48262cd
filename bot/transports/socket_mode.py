"""Socket Mode: what Slack sends comes through a WebSocket that we open, and the same Bolt app answers it.

Neither of the SDK's own clients keeps what we promise (docs/adr/0009-socket-mode.md). Here a new connection
is open before Slack closes the old one, a broken one is noticed, and each envelope is acknowledged where it
came from, after the commit.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import App
from structlog import get_logger
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from bot.settings import WHERE_TO_FIND, SettingsProblem
from bot.slack.silence import why_silent
from bot.slack.sockets import Dialler, NotConnected
from bot.transports.envelopes import Envelope, Envelopes

log = get_logger(__name__)

LONGEST_WAIT = 30.0
"""Seconds between two attempts to connect, at the most; the first follows at once."""
RETIRED_FOR = 60.0
"""Seconds that a connection is still read after Slack announced its end; Slack closes it within about ten."""
GRACE = 15.0
"""Seconds without any connection before the process calls itself not ready."""
WAY_OUT = "none where it passes: it is tried again; otherwise let this machine reach https and wss at Slack"
PATIENCE = 8.0
"""Seconds for envelopes under way when we stop; container hosts kill after ten."""

Seconds = Callable[[], float]


@dataclass(eq=False)
class _Link:
    """One connection."""

    connection: ClientConnection
    opened_at: float
    has_served: bool = False
    read_until: float | None = None

    @property
    def is_retired(self) -> bool:
        """Tell whether Slack announced its end."""
        return self.read_until is not None


class SocketMode:
    """Keeps a connection to Slack, and has what comes through it answered."""

    def __init__(
        self,
        bolt: App,
        dialler: Dialler,
        *,
        seconds: Seconds = time.monotonic,
        retired_for: float = RETIRED_FOR,
    ) -> None:
        """Take the app that answers, who opens connections, and a clock that only goes forward."""
        self._envelopes = Envelopes(bolt)
        self._dialler = dialler
        self._seconds = seconds
        self._retired_for = retired_for
        self._changed = threading.Condition()
        self._links: set[_Link] = set()
        self._is_stopping = False
        self._down_since = float("-inf")
        self._why_down = "has not been opened yet"
        self._told = ""

    def start(self) -> None:
        """Connect, and stay connected. Raises SettingsProblem where Slack refuses the app's token."""
        first = None
        try:
            first = self._open()
        except NotConnected as trouble:
            if trouble.is_final:
                raise SettingsProblem(_refused(trouble.code)) from trouble
            self._note(trouble)
        self._envelopes.start()
        threading.Thread(target=self._stay_connected, args=[first], name="socket-mode", daemon=True).start()

    def stop(self) -> None:
        """Take no more envelopes, and finish those under way. Does no harm when it never started."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        self._envelopes.finish(PATIENCE)
        with self._changed:
            links = tuple(self._links)
        for link in links:
            link.connection.close()

    def finding(self) -> str | None:
        """Return what is wrong, or None; a connection that is being renewed is not."""
        with self._changed:
            if self._links or self._seconds() - self._down_since < GRACE:
                return None
            return self._why_down

    def _stay_connected(self, link: _Link | None) -> None:
        """Open a connection whenever there is none that lasts: at once, and later after each failure."""
        pause = 0.0
        while True:
            if link is not None:
                pause = 0.0 if self._until_it_ends(link) else _longer(pause)
            with self._changed:
                if self._changed.wait_for(lambda: self._is_stopping, pause):
                    return
            try:
                link = self._open()
            except NotConnected as trouble:
                self._note(trouble)
                link, pause = None, max(trouble.retry_after, _longer(pause))

    def _until_it_ends(self, link: _Link) -> bool:
        """Wait until there has to be another connection; tell whether this one was of any use.

        Where Slack ends one after the other before they bring anything, we must not hammer at it.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or link.is_retired or link not in self._links)
        return link.has_served or self._seconds() - link.opened_at > LONGEST_WAIT

    def _open(self) -> _Link:
        """Open a connection, and read it in the background. Raises NotConnected."""
        link = _Link(self._dialler.open(), self._seconds())
        with self._changed:
            self._links.add(link)
        log.info("socket_connected")
        self._told = ""
        threading.Thread(target=self._read, args=[link], name="socket-reader", daemon=True).start()
        if self._is_stopping:
            link.connection.close()
        return link

    def _read(self, link: _Link) -> None:
        """Take what comes through one connection until either side closes it."""
        try:
            while True:
                self._take(link, link.connection.recv(self._time_left(link)))
        except TimeoutError:
            log.info("socket_abandoned")
        except ConnectionClosed as end:
            log.info("socket_closed", announced=link.is_retired, how=type(end).__name__)
        finally:
            with self._changed:
                self._links.discard(link)
                if not self._links:
                    self._down_since, self._why_down = self._seconds(), "is closed"
                self._changed.notify_all()
            link.connection.close()

    def _time_left(self, link: _Link) -> float | None:
        return None if link.read_until is None else max(0.0, link.read_until - self._seconds())

    def _take(self, link: _Link, text: str | bytes) -> None:
        """Take one message: an envelope, or the announcement of the connection's end."""
        message = json.loads(text)
        if message.get("type") == "disconnect":
            log.info("socket_retired", reason=message.get("reason"))
            with self._changed:
                link.read_until = self._seconds() + self._retired_for
                self._changed.notify_all()
            return
        envelope = Envelope.read(message, link.connection.send)
        if envelope is not None:
            link.has_served = True
            self._envelopes.take(envelope)

    def _note(self, trouble: NotConnected) -> None:
        """Keep why there is no connection, for the log and for whoever asks whether we are ready."""
        if trouble.code != self._told:
            self._told = trouble.code
            why = why_silent(trouble) if isinstance(trouble.__cause__, OSError) else trouble.code
            remedy = WHERE_TO_FIND["SLACK_APP_TOKEN"] if trouble.is_final else WAY_OUT
            log.warning("socket_not_connected", code=trouble.code, why=why, remedy=remedy)
        with self._changed:
            self._why_down = (
                f"Slack refuses SLACK_APP_TOKEN: {trouble.code}"
                if trouble.is_final
                else f"is not open: {trouble.code}; see the way out of this network"
            )


def _longer(pause: float) -> float:
    return min(max(2 * pause, 0.1), LONGEST_WAIT)


def _refused(code: str) -> str:
    return (
        f"Drumbeat cannot start:\n\n  Slack refuses SLACK_APP_TOKEN: {code}.\n"
        f"      {WHERE_TO_FIND['SLACK_APP_TOKEN']}"
    )
