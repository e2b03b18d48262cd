"""The database: does it answer, may it be written, is it free, and does its schema fit."""

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from bot.database_address import UNUSABLE, is_in_memory, is_sqlite, log_alone, place, put_beside
from bot.doctor.database_troubles import is_known, troubled
from bot.doctor.findings import Finding, Severity, Subject, ok, problem, warning
from models.database import Database
from models.errors import DatabaseBusy, DatabaseMoved
from models.migrations import SchemaState
from models.services.diagnosis import Diagnosis
from models.sqlite_file import SqliteFile

CONNECT_SECONDS = 5
LOCK_SECONDS = 2.0
"""How long the doctor waits for a lock; the bot itself waits longer."""

MAY_WRITE = "Use the primary server, and a user that may write the tables"
PUT_BACK = "Put back the one that was there; what was written to it last is in the -wal beside that place"

_LACKING = {SchemaState.EMPTY: "not there yet", SchemaState.OLDER: "those of an older version"}


def address_of(text: str) -> URL:
    """Return the address with a limit to the waiting. Raises ValueError where it is none."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ValueError from error
    if is_sqlite(url) or "connect_timeout" in url.query:
        return url
    return url.update_query_dict({"connect_timeout": str(CONNECT_SECONDS)})


@contextmanager
def opened(url: URL) -> Iterator[Database]:
    """Open the database as somebody in a hurry uses it."""
    database = Database(url.render_as_string(hide_password=False), wait_seconds=LOCK_SECONDS)
    try:
        yield database
    finally:
        database.dispose()


def examine_file(url: URL, *, is_served: bool = False) -> Generator[Finding, None, bool]:
    """Look whether SQLite's file is there, since opening it would make it; tell whether to go on.

    A bot that runs has one.
    """
    file = url.database
    if is_in_memory(url):
        yield problem(
            Subject.DATABASE,
            "DATABASE_URL names no file, so everything is forgotten when the bot stops",
            "Name one, such as sqlite:////data/drumbeat.db",
        )
        return False
    path = Path(str(file)).absolute()
    log = SqliteFile(url).lone_log()
    if log is not None:
        yield problem(
            Subject.DATABASE,
            log_alone(path, log.name),
            put_beside(path, log.name),
        )
        return False
    if str(file).startswith("file:") or path.exists():
        return True
    folder = path.parent
    if not folder.is_dir():
        yield problem(Subject.DATABASE, f"the folder {folder} does not exist", f"`mkdir -p {folder}`")
    elif not os.access(folder, os.W_OK):
        yield problem(
            Subject.DATABASE, f"the folder {folder} cannot be written", f"`chown` {folder} to Drumbeat's user"
        )
    elif is_served:
        yield problem(
            Subject.DATABASE,
            f"the bot runs, and {path} is not there",
            "Put back the one that was there; where the bot uses another, set DATABASE_URL here as it has it",
        )
    else:
        yield warning(
            Subject.DATABASE,
            f"{path} is not there yet",
            "Right for a new installation: `drumbeat serve` makes it; otherwise correct DATABASE_URL",
        )
    return False


def why_shut(url: URL, error: DBAPIError | DatabaseBusy) -> Finding | None:
    """Return what is wrong where a command cannot open its database; None where it can, and we erred."""
    amiss = _amiss_with_file(url)
    if amiss is not None:
        return amiss
    if is_known(error) or isinstance(error, OperationalError):
        return troubled(Subject.DATABASE, place(url), error)
    return None


def why_away(url: URL, error: Exception) -> str:
    """Return in a line what is wrong with a database that a running bot could open, and how to mend it."""
    if isinstance(error, DatabaseMoved):
        return f"{place(url)} is gone or another file → {PUT_BACK}"
    if isinstance(error, DatabaseBusy) and is_sqlite(url):
        return f"{place(url)} is busy with other writers; they come to an end, or see `drumbeat doctor`"
    finding = _amiss_with_file(url) or troubled(Subject.DATABASE, place(url), error)
    return f"{finding.what} → {finding.mend}"


def _amiss_with_file(url: URL) -> Finding | None:
    """Return what is wrong with SQLite's file before anybody opens it, if that is what it is."""
    if not is_sqlite(url) or is_in_memory(url):
        return None
    return next((each for each in examine_file(url) if each.severity is Severity.PROBLEM), None)


def examine_database(url: URL, database: Database) -> Generator[Finding, None, bool]:
    """Look at the database; tell whether its tables can be asked."""
    diagnosis = Diagnosis(database)
    try:
        state = diagnosis.schema()
        if state is SchemaState.FOREIGN:
            return (yield from _examine_schema(database.dialect, state))
        if not diagnosis.may_write():
            yield problem(
                Subject.DATABASE,
                f"{place(url)} may only be read",
                MAY_WRITE,
            )
            return False
        is_free = yield from _examine_locks(url, database.dialect, diagnosis)
        if is_free:
            yield ok(Subject.DATABASE, f"{place(url)} answers, can be written, and nobody holds it locked")
        return (yield from _examine_schema(database.dialect, state))
    except (DBAPIError, DatabaseBusy) as error:
        yield troubled(Subject.DATABASE, place(url), error)
        return False


def _examine_locks(url: URL, dialect: str, diagnosis: Diagnosis) -> Generator[Finding, None, bool]:
    if dialect == "sqlite":
        journal = diagnosis.journal()
        if journal != "wal":
            yield warning(
                Subject.DATABASE,
                f"{place(url)} is in the mode {journal!r} instead of WAL, so readers hold up writers",
                "Move the file to a local disk; network drives know no WAL",
            )
        return journal == "wal"
    blockers = ", ".join(map(str, diagnosis.blockers()))
    if blockers:
        yield warning(
            Subject.DATABASE,
            f"{place(url)} is held up by the server's processes {blockers}",
            "Wait where a migration is running; otherwise `SELECT pg_terminate_backend(…)` with their number",
        )
    return not blockers


def _examine_schema(dialect: str, state: SchemaState) -> Generator[Finding, None, bool]:
    if state is SchemaState.CURRENT:
        yield ok(Subject.SCHEMA, "the tables are those that this version needs")
    elif state in UNUSABLE:
        yield problem(Subject.SCHEMA, *UNUSABLE[state])
    elif dialect == "sqlite":
        yield warning(
            Subject.SCHEMA,
            f"the tables are {_LACKING[state]}",
            "Nothing to do: `drumbeat serve` brings them up to date when it starts",
        )
    else:
        yield problem(
            Subject.SCHEMA,
            f"the tables are {_LACKING[state]}, so `drumbeat serve` will not start",
            "`drumbeat migrate`, with the same DATABASE_URL",
        )
    return state is SchemaState.CURRENT
