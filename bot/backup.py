"""``drumbeat backup``: a whole copy of SQLite's file while the bot runs; Postgres has a tool of its own."""

import shlex
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.database_address import UNREADABLE, WRITE_IT_SO, is_in_memory, is_sqlite, log_alone, put_beside
from bot.settings import DatabaseSettings, SettingsProblem
from bot.whole_copy import Copied, fill, put
from models.sqlite_file import SqliteFile

STDOUT = "-"


def backup(target: str, *, force: bool, now: datetime) -> str:
    """Write a copy to a file, into a folder under a name with the time, or to ``-``; return what to tell.

    Raises SettingsProblem, with nothing left behind.
    """
    url = _address()
    source = _source(url, target)
    if target == STDOUT:
        return f"Wrote {_stream(source)}."
    file = Path(target)
    if file.is_dir():
        file /= f"drumbeat-{now:%Y-%m-%dT%H%M%SZ}.db"
    if file.exists() and not force:
        raise SettingsProblem(
            _not_made(f"{file} is there already", "Name another file, or a folder, or add --force")
        )
    if file.exists() and file.samefile(source):
        raise SettingsProblem(_not_made(f"{file} is the database itself", "Name another file"))
    with _explained(file):
        copied = put(source, file)
    return f"Wrote {file}: {copied}."


def _address() -> URL:
    try:
        return make_url(DatabaseSettings.from_environment().database_url.get_secret_value())
    except (ArgumentError, ValueError) as error:
        raise SettingsProblem(_not_made(UNREADABLE, WRITE_IT_SO)) from error


def _source(url: URL, target: str) -> Path:
    """Return SQLite's file. Raises SettingsProblem where there is none."""
    if not is_sqlite(url):
        shown = (
            url._replace(drivername="postgresql", password=None)
            .difference_update_query(["password"])
            .render_as_string(hide_password=False)
        )
        command = f"pg_dump --format custom {'' if target == STDOUT else f'--file {shlex.quote(target)} '}"
        raise SettingsProblem(
            _not_made(
                "DATABASE_URL is Postgres, which brings its own tool for that",
                f"{command}--dbname {shlex.quote(shown)}\n      pg_dump must not be older than the server",
            )
        )
    file = Path(str(url.database)).absolute()
    log = SqliteFile(url).lone_log()
    if log is not None:
        raise SettingsProblem(_not_made(log_alone(file, log.name), put_beside(file, log.name)))
    if is_in_memory(url) or not file.is_file():
        raise SettingsProblem(
            _not_made(
                f"there is no database {file}",
                "Correct DATABASE_URL, or go to the folder in which the bot runs",
            )
        )
    return file


def _stream(source: Path) -> Copied:
    if sys.stdout.isatty():
        raise SettingsProblem(_not_made("a terminal cannot take it", "Write `drumbeat backup - > FILE`"))
    with _explained(Path("the output")), TemporaryDirectory() as folder:
        file = Path(folder) / "drumbeat.db"
        copied = fill(source, file)
        with file.open("rb") as copy:
            copyfileobj(copy, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    return copied


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SettingsProblem(
            _not_made(f"{file} cannot be written: {error.strerror}", "Name another place")
        ) from error
    except sqlite3.Error as error:
        raise SettingsProblem(_not_made(f"SQLite says: {error}", "See `drumbeat doctor`")) from error


def _not_made(what: str, mend: str) -> str:
    return f"No backup was made:\n\n  {what}.\n      {mend}"
