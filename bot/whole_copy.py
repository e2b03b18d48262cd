"""A whole copy of SQLite's file, read through, which stands in its place complete or not at all."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import mkstemp

from models.value import Value

WAIT_SECONDS = 60.0
"""How long to wait for whoever holds the whole file; a bot at work holds up no reader."""


class Copied(Value):
    """What a copy holds."""

    pages: int
    size: int
    revision: str

    def __str__(self) -> str:
        """Return it in words."""
        return (
            f"{self.size:,} bytes, {self.pages:,} pages, checked; its tables are of revision {self.revision}"
        )


def put(source: Path, file: Path) -> Copied:
    """Copy to a file for its owner's eyes, in place of one that is there. Raises OSError, sqlite3.Error."""
    folder = file.absolute().parent
    handle, name = mkstemp(prefix=".drumbeat-", suffix=".part", dir=folder)
    os.close(handle)
    part = Path(name)
    try:
        copied = fill(source, part)
        _keep(part)
        part.replace(file)
        _keep(folder)
    finally:
        part.unlink(missing_ok=True)
    return copied


def fill(source: Path, file: Path) -> Copied:
    """Copy the database as it is at one moment, without what was deleted, into an empty file or a new one.

    Raises sqlite3.Error, also where the copy cannot be read through.
    """
    name = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(name, uri=True, timeout=WAIT_SECONDS)) as running:
        running.execute("VACUUM INTO ?", (str(file),))
    with closing(sqlite3.connect(file)) as copy:
        (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        (revision,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        (pages,) = copy.execute("PRAGMA page_count").fetchone()
    return Copied(pages, file.stat().st_size, revision)


def _keep(path: Path) -> None:
    """Have it reach the disk, where the system can do that."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
