"""Whether anybody else has a database open: going back under a running bot breaks what it does next."""

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from models.database import Database

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = :name AND pid <> pg_backend_pid()"
)


def is_open_elsewhere(database: Database) -> bool:
    """Tell whether another Drumbeat has it open; of SQLite's file, whether any program has."""
    if database.dialect == "sqlite":
        return _is_file_shared(database)
    from models.postgres import NAME  # noqa: PLC0415 - who uses SQLite need not load its driver.

    with database.look() as session:
        return bool(session.scalar(_OTHERS, {"name": NAME}))


def _is_file_shared(database: Database) -> bool:
    """Leave SQLite's log for a moment, which it lets nobody do who is not alone."""
    with database.look() as session:
        try:
            session.execute(text("PRAGMA journal_mode = DELETE"))
            session.execute(text("PRAGMA journal_mode = WAL"))
        except OperationalError:
            return True
        return False
