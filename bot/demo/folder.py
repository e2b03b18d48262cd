"""The folder of the demo's data: one that goes with it, or one that keeps it, for one demo at a time."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from bot.settings import SettingsProblem

_IN_USE = """\
The demo cannot start: another one keeps what happens in {folder}.
End that one first, or start this one without --keep."""


@contextmanager
def open_folder(kept: Path | None) -> Iterator[Path]:
    """Lend the folder, or one that is deleted afterwards. Raises SettingsProblem where another has it."""
    if kept is None:
        with tempfile.TemporaryDirectory(prefix="drumbeat-demo-", ignore_cleanup_errors=True) as passing:
            yield Path(passing)
        return
    kept.mkdir(parents=True, exist_ok=True)
    folder = kept.resolve()
    # The system lets go of the lock with the process, however that ends.
    with (folder / "lock").open("a") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            raise SettingsProblem(_IN_USE.format(folder=folder)) from error
        yield folder
