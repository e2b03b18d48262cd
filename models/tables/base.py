"""What all tables share: where they are gathered, the types of their columns, and how those are written."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ENUM_LENGTH = 40


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware on both sides, UTC at rest. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature.
        """Store the instant in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"{value!r} has no time zone"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature.
        """Return the instant as aware UTC; SQLite hands it back without a zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


SlackId = String(40)
Json = JSON().with_variant(JSONB(), "postgresql")
_Counted = BigInteger().with_variant(Integer(), "sqlite")

Kind = TypeEngine[Any] | type[TypeEngine[Any]] | SchemaItem
"""What values a column has: a type, or the column of another table that it points to."""


def closed_set(kind: type[StrEnum]) -> Enum:
    """Return a column type that stores the enum's values as text, so that a new value needs no migration."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=ENUM_LENGTH,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


def required(name: str, kind: Kind, *, index: bool | None = None, default: object = None) -> Column[Any]:
    """Return a column that has a value in every row; ``default`` is for rows that are inserted without."""
    return Column(name, kind, nullable=False, index=index, default=default)


def optional(name: str, kind: Kind, *, index: bool | None = None) -> Column[Any]:
    """Return a column that may be null."""
    return Column(name, kind, nullable=True, index=index)


def key(name: str, kind: Kind, *, index: bool | None = None) -> Column[Any]:
    """Return a column of the primary key."""
    return Column(name, kind, primary_key=True, index=index)


def own_id() -> Column[Any]:
    """Return the id by which a row is known everywhere, given to it before it is inserted."""
    return Column("id", Uuid(), primary_key=True, default=uuid4)


def sequence() -> Column[Any]:
    """Return the id of rows that are numbered by the database, in their order."""
    return Column("id", _Counted, primary_key=True, autoincrement=True)


def workspace_id(*, index: bool | None = None) -> Column[Any]:
    """Return the column that says in whose workspace a row is."""
    return required("workspace_id", ForeignKey("workspaces.id"), index=index)
