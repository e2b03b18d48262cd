"""The database as a command opens it: its file for one's own eyes, and in words why it stays shut."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.database_address import UNREADABLE, WRITE_IT_SO, file_of
from bot.settings import DatabaseSettings, SettingsProblem
from models.database import Database
from models.errors import DatabaseBusy
from models.sqlite_file import SqliteFile


@contextmanager
def explained(settings: DatabaseSettings) -> Iterator[None]:
    """Raise SettingsProblem, in the doctor's words, where the database cannot be opened or used inside."""
    url = url_of(settings)
    try:
        _make_private_file(url)
        yield
    except ArgumentError as error:
        raise SettingsProblem(cannot_start(UNREADABLE, WRITE_IT_SO)) from error
    except (DBAPIError, DatabaseBusy) as error:
        from bot.doctor.database_check import why_shut  # noqa: PLC0415 - who starts well needs no doctor.

        finding = why_shut(url, error)
        if finding is None:
            raise
        raise SettingsProblem(cannot_start(finding.what, finding.mend)) from error


def url_of(settings: DatabaseSettings) -> URL:
    """Read DATABASE_URL. Raises SettingsProblem."""
    try:
        return make_url(settings.database_url.get_secret_value())
    except (ArgumentError, ValueError) as error:
        raise SettingsProblem(cannot_start(UNREADABLE, WRITE_IT_SO)) from error


def is_there(url: URL) -> bool:
    """Tell whether the database can be opened without making a file of SQLite's that is not there yet."""
    file = file_of(url)
    return file is None or Path(file).exists()


def cannot_start(what: str, mend: str) -> str:
    """Return how a command says that something must be mended first."""
    return f"Drumbeat cannot start:\n\n  {what}.\n      {mend}"


def explanation_of(settings: DatabaseSettings, database: Database) -> Callable[[Exception], str | None]:
    """Return what tells of an error why a running bot cannot ask its database; None where it is another."""
    url = make_url(settings.database_url.get_secret_value())

    def explain(error: Exception) -> str | None:
        from bot.doctor.database_check import why_away  # noqa: PLC0415 - as above.

        return why_away(url, error) if database.is_away(error) else None

    return explain


def _make_private_file(url: URL) -> None:
    """Make SQLite's file before SQLite does, which would let everybody read it; its log is made alike.

    Raises DatabaseMoved where the log of one is there already.
    """
    SqliteFile(url).require()
    file = file_of(url)
    if file is None:
        return
    # Where it is there its rights are its owner's choice, and where it cannot be made SQLite says so.
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
