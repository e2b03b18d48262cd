"""Runs ``drumbeat serve`` by the demo's clock, as a child that ends when whoever holds its line is gone.

    python -m bot.demo.child AHEAD

``AHEAD`` is by how many microseconds its clock begins ahead of the machine's. Standard input is the child's
end of the line, which a parent that was killed cuts, too: Linux's parent-death signal is not on every system.
"""

import os
import signal
import socket
import sys
import threading
import time

from bot import logs
from bot.cli import explaining
from bot.demo.time.clock import DemoClock
from bot.demo.time.line import amount, answer_calls
from bot.demo.time.timekeeper import Timekeeper
from bot.serve import run
from bot.settings import Settings
from bot.wiring import build

_PATIENCE_SECONDS = 3.0


def main(ahead: str) -> int:
    """Serve until told to stop, or until the parent is gone; return the exit code."""
    return explaining(lambda: _serve(DemoClock(ahead=amount(ahead))))


def _serve(clock: DemoClock) -> None:
    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    application = build(settings, clock=clock)
    keeper = Timekeeper(clock, application.jobs, application.outlook())
    threading.Thread(target=_stay_in_touch, args=[keeper], name="parent-line", daemon=True).start()
    run(application, settings)


def _stay_in_touch(keeper: Timekeeper) -> None:
    with socket.socket(fileno=sys.stdin.fileno()) as end:
        answer_calls(end, keeper.settle)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
