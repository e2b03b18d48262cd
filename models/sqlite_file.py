"""SQLite's file in its place: who moves it away under an open database leaves the rows where nobody looks.

What was written last stands in the log beside it. SQLite makes a file that is not there, and then removes
the log for being another's; so nobody may connect to where a log lies alone.
"""

import os
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL

from models.errors import DatabaseMoved


class SqliteFile:
    """Remembers which file was opened, whatever it is called later."""

    def __init__(self, url: URL) -> None:
        """Take the database's address; where it names no file, there is nothing to look at."""
        name = url.database or ":memory:"
        is_file = url.get_backend_name() == "sqlite" and name != ":memory:" and not name.startswith("file:")
        self._path = Path(name) if is_file else None
        self._opened: tuple[int, int] | None = None

    def watch(self, engine: Engine) -> None:
        """Let nobody connect to another file, and remember the file once somebody has connected to it."""

        def connects(*_: object) -> None:
            self.require()

        def connected(*_: object) -> None:
            if self._opened is None:
                self._opened = self._found()

        event.listen(engine, "do_connect", connects)
        event.listen(engine, "connect", connected)

    def require(self) -> None:
        """Raise DatabaseMoved where the file is gone, or another lies in its place, or its log lies alone."""
        if self._opened is not None and self._opened != self._found():
            msg = "the file is not where it was opened"
            raise DatabaseMoved(msg)
        if self._opened is None and self.lone_log() is not None:
            msg = "the log is there, and the file is not"
            raise DatabaseMoved(msg)

    def lone_log(self) -> Path | None:
        """Return the log that holds something while its file is gone, or there is nothing in it."""
        if self._path is None or _size(self._path):
            return None
        # SQLite goes by the file that a link leads to.
        log = Path(f"{os.path.realpath(self._path)}-wal")
        return log if _size(log) else None

    @property
    def is_replaced(self) -> bool:
        """Tell whether another file lies in the place of the one that was opened."""
        return self._opened is not None and self._found() not in {None, self._opened}

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat() if self._path else None
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if found else None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
