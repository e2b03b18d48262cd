"""What DATABASE_URL names, and what is said where nothing can be done with it."""

from pathlib import Path

from sqlalchemy import URL

from models.migrations import SchemaState

UNREADABLE = "DATABASE_URL cannot be read"
WRITE_IT_SO = "Write postgresql://user:password@host:port/name; in a password @ : / % as %40 %3A %2F %25"
TOO_NEW = "a newer version of Drumbeat made the tables"
GO_FORWARD = "Install that version again; to go back, restore the backup from before the upgrade"

FOREIGN = "the file holds another program's tables, and none of Drumbeat's"
NAME_ANOTHER = "Name another file in DATABASE_URL; one that is not there yet is made"
UNUSABLE = {SchemaState.UNKNOWN: (TOO_NEW, GO_FORWARD), SchemaState.FOREIGN: (FOREIGN, NAME_ANOTHER)}
"""What is said of tables with which this version can do nothing, and how to mend it."""

_IN_MEMORY = frozenset({None, "", ":memory:"})


def is_sqlite(url: URL) -> bool:
    """Tell whether the database is a file of SQLite's."""
    return url.get_backend_name() == "sqlite"


def is_in_memory(url: URL) -> bool:
    """Tell whether SQLite is given no file at all."""
    return url.database in _IN_MEMORY


def place(url: URL) -> str:
    """Name the database without anything secret."""
    if is_sqlite(url):
        file = url.database or ""
        return f"SQLite, {file if file.startswith('file:') else Path(file).absolute()}"
    port = f":{url.port}" if url.port else ""
    return f"Postgres, {url.host or 'this machine'}{port}/{url.database or ''}"


def file_of(url: URL) -> str | None:
    """Return SQLite's file, if the database is one whose name is told plainly."""
    file = url.database
    is_plain = is_sqlite(url) and not is_in_memory(url) and file is not None and not file.startswith("file:")
    return file if is_plain else None


def log_alone(file: Path, log: str) -> str:
    """Return what is said where SQLite's file is gone and what was written last lies beside its place."""
    return f"{file} is gone or empty, and {log} beside it holds what was written to it last"


def put_beside(file: Path, log: str) -> str:
    """Return the way out of it."""
    return f"Put {file.name} back beside it; to begin anew instead, move {log} away first"
