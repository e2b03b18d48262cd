"""Copies all rows of one database into another, empty one with the same tables, in one transaction."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, func, insert, select, text, update

from models.database import Database
from models.errors import AlreadyExists, DatabaseNotReady
from models.migrations import SchemaState, schema_state
from models.tables import metadata
from models.value import Value

_AT_ONCE = 1000
_TABLE = "table with rows"
_OTHER_TABLES = "The tables of {which} are not those of this version."


class Copied(Value):
    """How much was copied."""

    tables: int
    rows: int


def copy_rows(source: Connection, target: Database) -> Copied:
    """Copy everything. Raises DatabaseNotReady, and AlreadyExists where the target is not empty."""
    with target.reshape() as connection:
        for which, each in (("the old database", source), ("the new database", connection)):
            if schema_state(each) is not SchemaState.CURRENT:
                raise DatabaseNotReady(_OTHER_TABLES.format(which=which))
        # Those that others point to come first.
        tables = metadata.sorted_tables
        for table in tables:
            if connection.scalar(select(select(table).exists())):
                raise AlreadyExists(_TABLE, table.name)
        rows = sum(_copy(source, connection, table) for table in tables)
        if target.dialect != "sqlite":
            _go_on_counting(connection, tables)
    return Copied(len(tables), rows)


def _copy(source: Connection, target: Connection, table: Table) -> int:
    """Copy a table; what points to another row of it does so once all rows are there."""
    copied = 0
    own = _pointing_to_itself(table)
    key = list(table.primary_key)
    pointing: list[dict[str, Any]] = []
    for rows in _batches(source, table):
        for row in rows:
            if any(row[column.name] is not None for column in own):
                pointing.append({f"to_{column.name}": row[column.name] for column in [*key, *own]})
                row.update({column.name: None for column in own})
        target.execute(insert(table), rows)
        copied += len(rows)
    if pointing:
        target.execute(
            update(table)
            .where(*(column == bindparam(f"to_{column.name}") for column in key))
            .values({column: bindparam(f"to_{column.name}") for column in own}),
            pointing,
        )
    return copied


def _batches(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    found = source.execute(select(table).order_by(*table.primary_key))
    for rows in found.mappings().partitions(_AT_ONCE):
        yield [dict(row) for row in rows]


def _pointing_to_itself(table: Table) -> list[Column[Any]]:
    return [
        table.c[name]
        for constraint in table.foreign_key_constraints
        if constraint.referred_table is table
        for name in constraint.column_keys
    ]


def _go_on_counting(target: Connection, tables: Sequence[Table]) -> None:
    """Have Postgres number new rows after those that came with a number."""
    for table in tables:
        for column in table.primary_key:
            if column.autoincrement is True:
                counter = func.pg_get_serial_sequence(text(f"'{table.name}'"), text(f"'{column.name}'"))
                last = select(func.setval(counter, func.max(column))).where(column.is_not(None))
                target.execute(last)
