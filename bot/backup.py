"""``drumbeat backup``: a whole copy of SQLite's file while the bot runs; Postgres has a tool of its own."""

import os
import shlex
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory, mkstemp

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.database_address import UNREADABLE, WRITE_IT_SO, is_in_memory, is_sqlite
from bot.settings import DatabaseSettings, SettingsProblem
from models.value import Value

STDOUT = "-"
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
    copied = _write(source, file)
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
    if is_in_memory(url) or not file.is_file():
        raise SettingsProblem(
            _not_made(
                f"there is no database {file}",
                "Correct DATABASE_URL, or go to the folder in which the bot runs",
            )
        )
    return file


def _write(source: Path, file: Path) -> Copied:
    with _explained(file):
        handle, name = mkstemp(prefix=".drumbeat-", suffix=".part", dir=file.absolute().parent)
        os.close(handle)
        part = Path(name)
        try:
            copied = _copy(source, part)
            _keep(part)
            part.replace(file)
            _keep(file.absolute().parent)
        finally:
            part.unlink(missing_ok=True)
    return copied


def _stream(source: Path) -> Copied:
    if sys.stdout.isatty():
        raise SettingsProblem(_not_made("a terminal cannot take it", "Write `drumbeat backup - > FILE`"))
    with _explained(Path("the output")), TemporaryDirectory() as folder:
        file = Path(folder) / "drumbeat.db"
        copied = _copy(source, file)
        with file.open("rb") as copy:
            copyfileobj(copy, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    return copied


def _copy(source: Path, file: Path) -> Copied:
    """Copy the database as it is at one moment, without what was deleted, and read the copy through."""
    with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=WAIT_SECONDS)) as running:
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
