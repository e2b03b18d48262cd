"""Moves a schema along its history, by Alembic."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

LOCATION = "models:migrations"
"""The package itself, so that the revisions are found in a wheel as well as in a checkout."""


def upgrade_over(connection: Connection, revision: str) -> None:
    """Bring the schema up to the revision."""
    command.upgrade(_config(connection), revision)


def downgrade_over(connection: Connection, revision: str) -> None:
    """Take the schema down to the revision."""
    command.downgrade(_config(connection), revision)


def written_titles() -> dict[str, str]:
    """Return the first line of each revision that there is a file for, oldest first."""
    newest_first = ScriptDirectory.from_config(_config()).walk_revisions()
    return {script.revision: script.doc for script in reversed(list(newest_first))}


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", LOCATION)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
