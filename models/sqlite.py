"""What SQLite needs of whoever connects to it, and how its transactions begin."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteError

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from models.errors import DatabaseBusy

BEGIN = "sqlite_begin"
"""The option of a connection that says how its transactions begin; "" for those that need none."""


def prepare(engine: Engine, wait_seconds: float) -> None:
    """Make SQLite durable, strict about foreign keys, and let us say how a transaction begins."""

    def connected(connection: SqliteConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        # SQLite's own knows no letter beyond the English ones.
        connection.create_function("lower", 1, _lower, deterministic=True)
        connection.execute(f"PRAGMA busy_timeout = {int(wait_seconds * 1000)}")
        if not _is_foreign(connection):
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    def begun(connection: Connection) -> None:
        begin = connection.get_execution_options().get(BEGIN, "BEGIN")
        if begin:
            # Straight to the driver: SQLAlchemy's way to it costs more than the statement does.
            _begin(connection.connection.driver_connection, begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _is_foreign(connection: SqliteConnection) -> bool:
    """Tell whether it is another program's file, which stays as it is: it has tables, and no revision."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return bool(names) and "alembic_version" not in names


def _lower(value: str | bytes | float | None) -> str | bytes | float | None:
    return value.lower() if isinstance(value, str) else value


def begin_immediate(driver: object) -> None:
    """Begin to write to SQLite."""
    _begin(driver, "BEGIN IMMEDIATE")


def _begin(driver: object, begin: str) -> None:
    if isinstance(driver, SqliteConnection):
        try:
            driver.execute(begin)
        except SqliteError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise OperationalError(begin, None, error) from error
            raise DatabaseBusy(str(error)) from error


@contextmanager
def writing_over(session: Session) -> Iterator[None]:
    """Have SQLite write over what is deleted inside the block, instead of leaving it in the file."""
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
