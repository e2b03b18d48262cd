"""Statements that both databases know, but SQLAlchemy spells in two ways; each is made once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    String,
    Table,
    any_,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

Insert = PostgresInsert | SqliteInsert


def dialect_of(session: Session) -> str:
    """Return "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def upsert_into(dialect: str, table: Table) -> Insert:
    """Return an INSERT that can say what to do when the row is there already."""
    insert = postgres_insert if dialect == "postgresql" else sqlite_insert
    return insert(table)


@cache
def insert_new(dialect: str, table: Table) -> Insert:
    """Return an INSERT that leaves a row alone when it is there already, and never locks it."""
    return upsert_into(dialect, table).on_conflict_do_nothing()


def is_one_of(dialect: str, compared: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return whether a column has one of the values given under that name.

    Postgres takes them as one array; places for each would have to be written out anew each time.
    """
    if dialect == "postgresql":
        return compared == any_(bindparam(name, type_=ARRAY(compared.type)))
    return compared.in_(bindparam(name, expanding=True))


def add_new(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of the same columns, and leave alone those that are there already.

    Postgres is handed all of them as one document, and what they share once: row by row, each costs it a
    statement.
    """
    if not rows:
        return
    dialect = dialect_of(session)
    if dialect != "postgresql" or len(rows) == 1:
        session.connection().execute(insert_new(dialect, table), rows)
        return
    first = rows[0]
    differing = tuple(name for name, value in first.items() if any(row[name] != value for row in rows))
    shared = {name: value for name, value in first.items() if name not in differing}
    document = json.dumps([{name: row[name] for name in differing} for row in rows], default=str)
    insert = _insert_document(table, differing, tuple(shared))
    session.connection().execute(insert, {**shared, "document": document})


@cache
def _insert_document(table: Table, differing: tuple[str, ...], shared: tuple[str, ...]) -> PostgresInsert:
    """Return an INSERT of the rows of a JSON document; text goes in as it is, so nothing is encoded twice."""
    rows = (
        func.jsonb_to_recordset(cast(bindparam("document", type_=String()), JSONB))
        .table_valued(*(column(name, table.columns[name].type) for name in differing), name="given")
        .render_derived(with_types=True)
    )
    values = select(*rows.columns, *binds(table, only=shared).values())
    insert = postgres_insert(table).from_select([*differing, *shared], values, include_defaults=False)
    return insert.on_conflict_do_nothing()


def binds(table: Table, *, only: Iterable[str]) -> dict[str, BindParameter[Any]]:
    """Return a place for the value of each of these columns, by its name."""
    return {name: bindparam(name, type_=table.columns[name].type) for name in only}
