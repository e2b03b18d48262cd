"""SQLite's file in its place: who moves it away under an open database leaves the rows where nobody looks."""

from pathlib import Path

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

    def opened(self, _connection: object, _record: object) -> None:
        """Remember the file, once somebody has connected to it."""
        if self._opened is None:
            self._opened = self._found()

    def require(self) -> None:
        """Raise DatabaseMoved where the file is gone, or another lies in its place."""
        if self._opened is not None and self._opened != self._found():
            msg = "the file is not where it was opened"
            raise DatabaseMoved(msg)

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat() if self._path else None
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if found else None
