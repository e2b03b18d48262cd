"""Runs ``drumbeat serve`` as a child that ends when whoever holds its standard input is gone.

    python -m bot.demo.child

The parent keeps the other end of the pipe open and never writes; a parent that was killed closes it too.
That works on every system, where Linux's parent-death signal would not.
"""

import os
import runpy
import signal
import sys
import threading
import time

_PATIENCE_SECONDS = 3.0


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, name="parent-watch", daemon=True).start()
    sys.argv = ["drumbeat", "serve"]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
