"""The schema's history, and the functions that move a database along it."""

from enum import StrEnum

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from models.database import Database

LOCATION = "models:migrations"
"""The package itself, so that the revisions are found in a wheel as well as in a checkout."""


class SchemaState(StrEnum):
    """How a database's schema stands to the one this program was written for."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    UNKNOWN = "unknown"
    """It has a revision that this program does not know: a newer program made it."""


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema up to the revision, in one transaction."""
    with database.write() as session:
        command.upgrade(_config(session.connection()), revision)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the schema down to the revision; what only newer revisions could hold is lost."""
    with database.write() as session:
        command.downgrade(_config(session.connection()), revision)


def is_current(database: Database) -> bool:
    """Tell whether the schema is the one this program was written for."""
    with database.read() as session:
        return schema_state(session.connection()) is SchemaState.CURRENT


def schema_state(connection: Connection) -> SchemaState:
    """Compare the schema's revision with those that this program knows."""
    present = set(MigrationContext.configure(connection).get_current_heads())
    revisions = ScriptDirectory.from_config(_config())
    if not present:
        return SchemaState.EMPTY
    if present == set(revisions.get_heads()):
        return SchemaState.CURRENT
    known = {script.revision for script in revisions.walk_revisions()}
    return SchemaState.OLDER if present <= known else SchemaState.UNKNOWN


def _config(connection: object = None) -> Config:
    config = Config()
    config.set_main_option("script_location", LOCATION)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
