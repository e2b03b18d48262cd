"""How far the clock is ahead, in a file of its own that is written before the bot does anything then."""

from datetime import timedelta
from pathlib import Path

from bot.demo.time.clock import DemoClock

_MICROSECOND = timedelta(microseconds=1)


def keep_clock(clock: DemoClock, path: Path) -> None:
    """Put the clock where the last run left it, and write down from now on where it is."""
    if path.exists():
        clock.put_ahead(int(path.read_text(encoding="ascii")) * _MICROSECOND)

    def write(ahead: timedelta) -> None:
        draft = path.with_suffix(".draft")
        draft.write_text(str(ahead // _MICROSECOND), encoding="ascii")
        draft.replace(path)

    clock.on_change = write
