"""What DATABASE_URL names, and what is said where nothing can be done with it."""

from sqlalchemy import URL

UNREADABLE = "DATABASE_URL cannot be read"
WRITE_IT_SO = "Write postgresql://user:password@host:port/name; in a password @ : / % as %40 %3A %2F %25"
TOO_NEW = "a newer version of Drumbeat made the tables"
GO_FORWARD = "Install that version again; to go back, restore the backup from before the upgrade"

_IN_MEMORY = frozenset({None, "", ":memory:"})


def is_sqlite(url: URL) -> bool:
    """Tell whether the database is a file of SQLite's."""
    return url.get_backend_name() == "sqlite"


def is_in_memory(url: URL) -> bool:
    """Tell whether SQLite is given no file at all."""
    return url.database in _IN_MEMORY
