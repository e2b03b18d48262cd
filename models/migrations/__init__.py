"""The schema's history, and the functions that move a database along it."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.database import Database

LOCATION = "models:migrations"
"""The package itself, so that the revisions are found in a wheel as well as in a checkout."""


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
        present = MigrationContext.configure(session.connection()).get_current_heads()
    return set(present) == set(ScriptDirectory.from_config(_config()).get_heads())


def _config(connection: object = None) -> Config:
    config = Config()
    config.set_main_option("script_location", LOCATION)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
