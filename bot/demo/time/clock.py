"""The clock of the demo: the machine's time, and by how much it was put forward. It never goes back."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock, utc_now


class DemoClock:
    """Slack's side and the bot each have one; they agree because they are put forward by the same amount."""

    def __init__(self, machine: Clock = utc_now, ahead: timedelta = timedelta(0)) -> None:
        """Take the machine's own clock, and how far ahead of it to begin."""
        self.machine = machine
        self._ahead = ahead
        self.on_change: Callable[[timedelta], None] = lambda _ahead: None

    def __call__(self) -> datetime:
        """Return the present instant of the demo."""
        return self.machine() + self._ahead

    @property
    def ahead(self) -> timedelta:
        """Tell how far this clock is ahead of the machine's."""
        return self._ahead

    def seconds(self) -> float:
        """Return the present instant in seconds since 1970."""
        return self().timestamp()

    def put_ahead(self, ahead: timedelta) -> None:
        """Be so far ahead of the machine's clock from now on; what would be a way back changes nothing."""
        if ahead > self._ahead:
            self._ahead = ahead
            self.on_change(ahead)

    def go_to(self, instant: datetime) -> None:
        """Go to that instant, unless it is past."""
        self.put_ahead(instant - self.machine())
