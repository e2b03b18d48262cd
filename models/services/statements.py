"""Statements that both databases know, but SQLAlchemy spells in two ways."""

from functools import cache

from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from models.tables.base import Base, table_of


def upsert_into(session: Session, mapped: type[Base]) -> PostgresInsert | SqliteInsert:
    """Return an INSERT that can say what to do when the row is there already."""
    insert = postgres_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    return insert(table_of(mapped))


def insert_new(session: Session, mapped: type[Base]) -> PostgresInsert | SqliteInsert:
    """Return an INSERT that leaves a row alone when it is there already, and never locks it."""
    return _insert_new(session.get_bind().dialect.name, mapped)


@cache
def _insert_new(dialect: str, mapped: type[Base]) -> PostgresInsert | SqliteInsert:
    insert = postgres_insert if dialect == "postgresql" else sqlite_insert
    return insert(table_of(mapped)).on_conflict_do_nothing()
