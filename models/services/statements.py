"""Statements that both databases know, but SQLAlchemy spells in two ways; each is made once."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Table, bindparam
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from models.tables.base import Base, table_of

Insert = PostgresInsert | SqliteInsert


def dialect_of(session: Session) -> str:
    """Return "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def upsert_into(dialect: str, mapped: type[Base]) -> Insert:
    """Return an INSERT that can say what to do when the row is there already."""
    insert = postgres_insert if dialect == "postgresql" else sqlite_insert
    return insert(table_of(mapped))


@cache
def insert_new(dialect: str, mapped: type[Base]) -> Insert:
    """Return an INSERT that leaves a row alone when it is there already, and never locks it."""
    return upsert_into(dialect, mapped).on_conflict_do_nothing()


def binds(table: Table, *, only: Iterable[str]) -> dict[str, BindParameter[Any]]:
    """Return a place for the value of each of these columns, by its name."""
    return {name: bindparam(name, type_=table.columns[name].type) for name in only}
