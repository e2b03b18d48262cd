"""Standing still is noticed, and forgotten once it was asked for."""

import subprocess

from tests.standstill import TOO_LONG, Watch


def test_a_process_that_was_stopped_stood_still() -> None:
    watch = Watch()
    watch.begin()
    stop = f"kill -STOP $PPID; sleep {3 * TOO_LONG}; kill -CONT $PPID"
    subprocess.run(["/bin/sh", "-c", stop], check=True)
    assert watch.stood_still()
    assert not all(watch.stood_still() for _ in range(9))
