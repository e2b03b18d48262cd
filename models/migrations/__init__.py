"""The schema's history, and the functions that move a database along it.

Alembic is imported only where a schema is moved: every start looks at the schema, and few move it.
"""

from enum import StrEnum

from sqlalchemy import Connection, inspect, text

from models.database import Database

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0021",
    "0023",
    "0019",
    "0020",
    "0026",
    "0027",
    "0022",
    "0028",
    "0029",
    "0030",
    "0031",
    "0032",
    "0033",
    "0034",
    "0035",
    "0036",
)
"""Every revision that this program knows, oldest first; a test compares it with ``versions/``."""

_TABLE = "alembic_version"


class SchemaState(StrEnum):
    """How a database's schema stands to the one this program was written for."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    UNKNOWN = "unknown"
    """It has a revision that this program does not know: a newer program made it."""
    FOREIGN = "foreign"
    """SQLite's file holds tables, and none of them says that they are ours."""


def upgrade(database: Database, revision: str = "head") -> str | None:
    """Bring the schema up to the revision, in one transaction; return where it was when its turn came."""
    from models.migrations.moves import upgrade_over  # noqa: PLC0415 - see the top of this file.

    with database.reshape() as connection:
        before = _revision(connection)
        upgrade_over(connection, revision)
    return before


def downgrade(database: Database, revision: str = "base") -> str | None:
    """Take the schema down to the revision; what only newer revisions could hold is lost.

    Return where it was when its turn came.
    """
    from models.migrations.moves import downgrade_over  # noqa: PLC0415 - see the top of this file.

    with database.reshape() as connection:
        before = _revision(connection)
        downgrade_over(connection, revision)
    return before


def is_open_elsewhere(database: Database) -> bool:
    """Tell whether another Drumbeat has it open, which going back would break."""
    from models.migrations.alone import is_open_elsewhere as ask  # noqa: PLC0415 - few move a schema.

    return ask(database)


def titles() -> dict[str, str]:
    """Return what each revision brought, oldest first."""
    from models.migrations.moves import written_titles  # noqa: PLC0415 - see the top of this file.

    return written_titles()


def is_current(database: Database) -> bool:
    """Tell whether the schema is the one this program was written for."""
    return state_of(database) is SchemaState.CURRENT


def state_of(database: Database) -> SchemaState:
    """Tell how the schema stands to the one this program was written for."""
    with database.read() as session:
        return schema_state(session.connection())


def revision_of(database: Database) -> str | None:
    """Return the schema's revision, None where there are no tables yet."""
    with database.read() as session:
        return _revision(session.connection())


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_TABLE):
        return None
    revision: str | None = connection.scalar(text(f"SELECT version_num FROM {_TABLE}"))  # noqa: S608 - a name of ours.
    return revision


def _is_anothers(connection: Connection) -> bool:
    """Tell whether a file holds other tables; a Postgres may have those that its host put there."""
    return connection.dialect.name == "sqlite" and bool({*inspect(connection).get_table_names()} - {_TABLE})


def schema_state(connection: Connection) -> SchemaState:
    """Compare the schema's revision with those that this program knows."""
    revision = _revision(connection)
    if revision is None:
        return SchemaState.FOREIGN if _is_anothers(connection) else SchemaState.EMPTY
    if revision == REVISIONS[-1]:
        return SchemaState.CURRENT
    return SchemaState.OLDER if revision in REVISIONS else SchemaState.UNKNOWN
