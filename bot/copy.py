"""``drumbeat copy``: brings the records of a file of SQLite's into the Postgres that DATABASE_URL names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from bot.database import explained
from bot.database_address import is_sqlite
from bot.settings import DatabaseSettings, SettingsProblem
from models.copying import copy_rows
from models.database import Database
from models.errors import AlreadyExists, DatabaseNotReady
from models.migrations import SchemaState, state_of, upgrade

_NO_POSTGRES = (
    "DATABASE_URL is no Postgres. To copy SQLite's file to another file, see `drumbeat backup --help`."
)
_NOT_EMPTY = (
    "The Postgres that DATABASE_URL names has records already. Nothing was changed: take an empty one."
)
_OLDER = "Start it once with this version, or say `drumbeat migrate` with DATABASE_URL=sqlite:///{file}"


def copy(file: Path) -> str:
    """Copy all, and return what to tell. Raises SettingsProblem, DatabaseNotReady, with nothing changed."""
    settings = DatabaseSettings.from_environment()
    address = settings.database_url.get_secret_value()
    if is_sqlite(make_url(address)):
        raise SettingsProblem(_NO_POSTGRES)
    with _reading(file) as source, explained(settings):
        target = Database(address)
        try:
            if state_of(target) is SchemaState.EMPTY:
                upgrade(target)
            copied = copy_rows(source, target)
        except AlreadyExists as error:
            raise SettingsProblem(_NOT_EMPTY) from error
        except DatabaseNotReady as error:
            msg = f"{error} {_OLDER.format(file=file.absolute())}."
            raise DatabaseNotReady(msg) from error
        finally:
            target.dispose()
    return f"Copied {copied.rows:,} rows of {copied.tables} tables. Start the bot with this DATABASE_URL."


@contextmanager
def _reading(file: Path) -> Iterator[Connection]:
    """Open the file so that nothing in it can change, and no other is made."""
    if not file.is_file():
        msg = f"There is no file {file}."
        raise SettingsProblem(msg)
    name = f"{file.absolute().as_uri()}?mode=ro&uri=true"
    engine = create_engine(f"sqlite:///{name}", poolclass=NullPool)
    try:
        with engine.connect() as connection:
            _look(connection, file)
            yield connection
    finally:
        engine.dispose()


def _look(connection: Connection, file: Path) -> None:
    try:
        # All tables as they are at one moment, should a bot still run.
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except DatabaseError as error:
        msg = f"{file} is no database of SQLite's, or cannot be read."
        raise SettingsProblem(msg) from error
