"""``drumbeat migrate``: brings a database's schema to this version, or to another one."""

from alembic.util.exc import CommandError
from structlog import get_logger

from bot import logs
from bot.database import cannot_start, explained
from bot.database_address import GO_FORWARD, TOO_NEW
from bot.settings import DatabaseSettings, SettingsProblem
from models.database import Database
from models.errors import DatabaseNotReady
from models.migrations import SchemaState, downgrade, revision_of, state_of, upgrade

log = get_logger(__name__)

NEWEST = "head"
NOTHING = "base"
"""Alembic's names for the last revision, and for the state before the first."""


def migrate(to: str | None) -> None:
    """Move the schema to a revision, forward or back; by default to the newest.

    Raises SettingsProblem, DatabaseNotReady.
    """
    settings = DatabaseSettings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    with explained(settings):
        _move(Database(settings.database_url.get_secret_value()), to or NEWEST)


def _move(database: Database, target: str) -> None:
    try:
        if state_of(database) is SchemaState.UNKNOWN:
            raise DatabaseNotReady(cannot_start(TOO_NEW, GO_FORWARD))
        before = revision_of(database)
        # Each leaves alone a schema that is already on its side of the target.
        if target != NOTHING:
            upgrade(database, target)
        if target != NEWEST:
            downgrade(database, target)
        after = revision_of(database)
    except CommandError as error:
        msg = f"The schema cannot be brought to {target}: {error}."
        raise SettingsProblem(msg) from error
    finally:
        database.dispose()
    event = "migrated" if after != before else "nothing_to_migrate"
    log.info(event, before=before, now=after, database=database.dialect)
