"""What a database's driver says when something is wrong, and what that means."""

from typing import NamedTuple

from sqlalchemy.exc import DBAPIError, ProgrammingError

from bot.doctor.findings import Finding, Subject, problem
from models.errors import DatabaseBusy


class Trouble(NamedTuple):
    """A sign in the driver's words, and what it means."""

    sign: str
    what: str
    mend: str


_OPTIONS = "Correct what stands behind the ? in DATABASE_URL, such as ?sslmode=require&connect_timeout=5"

TROUBLES = (
    Trouble(
        "sqlite_busy",
        "is held locked by another program",
        "End whatever else has the file open (`lsof` names it), a backup or a `sqlite3` for instance",
    ),
    Trouble(
        "sqlite_readonly",
        "cannot be written",
        "Give the file and the folder it is in to the user that runs Drumbeat (`chown`, `chmod u+w`)",
    ),
    Trouble(
        "sqlite_cantopen",
        "cannot be opened",
        "Let the user that runs Drumbeat read and write the file and the folder it is in (`chown`)",
    ),
    Trouble(
        "sqlite_notadb", "is no SQLite database", "Point DATABASE_URL to another file, or restore a backup"
    ),
    Trouble(
        "sqlite_corrupt", "is damaged", "Stop the bot, keep a copy of the file, and restore the last backup"
    ),
    Trouble("sqlite_full", "has no room: the disk is full", "Free some space"),
    Trouble("53100", "has no room: the server's disk is full", "Free some space there"),
    Trouble(
        "25006", "may only be read", "Use the primary server, and turn `default_transaction_read_only` off"
    ),
    Trouble(
        "sqlite_ioerr",
        "cannot be read: the disk reports an error",
        "Look at the disk; a network drive will not do",
    ),
    Trouble(
        "password authentication failed",
        "refuses the user or the password",
        "Correct DATABASE_URL; write @ : / % in a password as %40 %3A %2F %25",
    ),
    Trouble(
        "no password supplied",
        "wants a password",
        "Write DATABASE_URL as postgresql://user:password@host/name",
    ),
    Trouble(
        "no pg_hba.conf entry",
        "lets nobody in from here",
        "Allow this machine and user in the server's pg_hba.conf",
    ),
    Trouble(
        "does not exist",
        "does not know that database or user",
        "Make it: `createdb`, `createuser`; or correct DATABASE_URL",
    ),
    Trouble("resolve host", "has a host that is not found", "Correct the host in DATABASE_URL"),
    Trouble(
        "connection refused",
        "does not answer: nothing listens there",
        "Start the server, or correct host and port in DATABASE_URL",
    ),
    Trouble(
        "57p0",
        "is being stopped or started",
        "Wait a moment, or start the server",
    ),
    Trouble(
        "closed the connection",
        "has ended the connection",
        "Start the server, if it does not start again by itself",
    ),
    Trouble(
        "timeout",
        "does not answer in time",
        "Look at the network and the firewall between here and the server",
    ),
    Trouble(
        "invalid connection option",
        "is given an option that Postgres's driver does not know",
        _OPTIONS,
    ),
    Trouble("bad value for", "is given an option whose value makes no sense", _OPTIONS),
    Trouble("is bad: invalid", "is given an option whose value makes no sense", _OPTIONS),
    Trouble(
        "57014", "is held up by a lock", "See who holds it: `SELECT * FROM pg_stat_activity`, and end that"
    ),
    Trouble(
        "42501",
        "lets this user not do all that is needed",
        "Grant it the tables, or use the user that ran `drumbeat migrate`",
    ),
)
"""Found by their sign; the driver's own words may repeat a part of the password, so they are not shown."""

_ELSE = Trouble(
    "",
    "does not answer as a database should",
    "Try the same address with `psql`, which shows the driver's own words",
)
_ELSE_IN_A_FILE = Trouble(
    "sqlite", _ELSE.what, "Open the file with `sqlite3`, which shows what SQLite itself says of it"
)


def troubled(subject: Subject, name: str, error: Exception) -> Finding:
    """Turn an error of the database of that name into a finding."""
    trouble = _known(error) or _otherwise(error)
    return problem(subject, f"{name} {trouble.what}", trouble.mend)


def in_short(error: Exception) -> str:
    """Return what is wrong with a database that needs no name, and how to mend it."""
    trouble = _known(error) or _otherwise(error)
    return f"{trouble.what} → {trouble.mend}"


def is_known(error: Exception) -> bool:
    """Tell whether the error is one of those that whoever runs the database can mend."""
    return _known(error) is not None


def _known(error: Exception) -> Trouble | None:
    signs = _signs(error)
    return next((each for each in TROUBLES if each.sign in signs), None)


def _otherwise(error: Exception) -> Trouble:
    return _ELSE_IN_A_FILE if _ELSE_IN_A_FILE.sign in _signs(error) else _ELSE


def _signs(error: Exception) -> str:
    """Return all by which a trouble can be known, in small letters."""
    if isinstance(error, DatabaseBusy):
        return getattr(error.__cause__, "sqlstate", "sqlite_busy")
    cause = error.orig if isinstance(error, DBAPIError) else error
    # A statement's error is known by its code alone: a table "does not exist" as a database does.
    is_about_statement = isinstance(error, ProgrammingError) and error.statement is not None
    words = "" if is_about_statement else cause
    names = (getattr(cause, "sqlite_errorname", ""), getattr(cause, "sqlstate", ""), words)
    return " ".join(str(name) for name in names).lower()
