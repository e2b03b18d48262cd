"""SQLite's tables brought up to date when the bot starts, with a copy beside the file of how they were."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from bot.database_address import file_of, place
from models.database import Database
from models.migrations import revision_of, upgrade

log = get_logger(__name__)


def bring_up_to_date(database: Database) -> None:
    """Migrate to the newest revision, and say in the log what was done to which file."""
    where, before = place(database.engine.url), revision_of(database)
    copy = _copied(database, before) if before else None
    upgrade(database)
    database.settle_log()
    if before is None:
        log.info("new_database", database=where, remedy="none, unless you expected one with records in it")
    else:
        log.info("migrated", before=before, now=revision_of(database), database=where, copy=copy)


def _copied(database: Database, revision: str) -> str | None:
    """Copy the file under its revision's name, for its owner's eyes; the upgrade goes on without one."""
    file = file_of(database.engine.url)
    if file is None:
        return None
    copy = Path(f"{file}.{revision}").absolute()
    try:
        copy.unlink(missing_ok=True)
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with database.look() as session:
            session.execute(text("VACUUM INTO :copy"), {"copy": str(copy)})
    except (OSError, DBAPIError) as error:
        log.warning("not_copied_before_migrating", copy=str(copy), why=type(error).__name__)
        with suppress(OSError):
            copy.unlink()
        return None
    return str(copy)
