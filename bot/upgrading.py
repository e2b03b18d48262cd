"""SQLite's tables brought up to date when the bot starts, with a copy beside the file of how they were."""

import sqlite3
from pathlib import Path

from structlog import get_logger

from bot.database_address import file_of, place
from bot.whole_copy import put
from models.database import Database
from models.migrations import revision_of, upgrade

log = get_logger(__name__)


def bring_up_to_date(database: Database) -> None:
    """Migrate to the newest revision, and say in the log what was done to which file."""
    where, before = place(database.engine.url), revision_of(database)
    copy = copied(database, before) if before else None
    upgrade(database)
    database.settle_log()
    if before is None:
        log.info("new_database", database=where, remedy="none, unless you expected one with records in it")
    else:
        log.info("migrated", before=before, now=revision_of(database), database=where, copy=copy)


def copied(database: Database, revision: str) -> str | None:
    """Copy the file under its revision's name, for its owner's eyes; the upgrade goes on without one."""
    file = file_of(database.engine.url)
    if file is None:
        return None
    copy = Path(f"{file}.{revision}").absolute()
    try:
        put(Path(file), copy)
    except (OSError, sqlite3.Error) as error:
        log.warning("not_copied_before_migrating", copy=str(copy), why=type(error).__name__)
        return None
    return str(copy)
