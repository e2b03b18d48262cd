"""Statements compiled once for each database, with the ways of their values in and out."""

import re
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ClauseElement, ColumnElement, Select, select, true
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from models.value import Value

Values = Mapping[str, Any]
Rows = list[Any]
_Way = Callable[[Any], Any] | None
"""How one value is translated; None where the driver takes or gives it as it is."""

_NAMED = re.compile(r"%\((\w+)\)s")
"""A value's name, as psycopg is given it: here it has a place instead, so that statements can be joined."""


class Statement:
    """One statement, in the spelling of either database. Every value of a write is given, defaults too."""

    def __init__(self, make: Callable[[str], ClauseElement]) -> None:
        """Take what makes it for "sqlite" or "postgresql"; it is asked once for each."""
        self._make = make
        self._compiled: dict[str, Compiled] = {}

    def on(self, dialect: Dialect) -> "Compiled":
        """Return it as this database takes it."""
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self.made(dialect.name), dialect)
        return compiled

    def made(self, dialect_name: str) -> ClauseElement:
        """Return it as it is before any database takes it."""
        return self._make(dialect_name)


class Pair:
    """Two SELECTs that ask nothing of each other, for one round trip; no row of either may come twice.

    As one statement, each row of the first comes with each of the second. Where the first finds nothing, so
    does the second.
    """

    def __init__(self, first: Statement, second: Statement) -> None:
        """Take both. Values of one name are the same value."""
        self.first = first
        self.second = second
        self._joined = Statement(self._join)

    def on(self, dialect: Dialect) -> "Compiled":
        """Return both as one statement, as this database takes it."""
        return self._joined.on(dialect)

    def read(self, dialect: Dialect, fetched: Sequence[Sequence[Any]]) -> tuple[Rows, Rows]:
        """Return the rows of each, in no order, with their columns by name."""
        first, second = self.first.on(dialect), self.second.on(dialect)
        width = len(first.ways_back)
        nothing = (None,) * len(second.ways_back)
        ours = dict.fromkeys(row[:width] for row in fetched)
        theirs = dict.fromkeys(row[width:] for row in fetched)
        theirs.pop(nothing, None)
        return first.read(tuple(ours)), second.read(tuple(theirs))

    def _join(self, dialect_name: str) -> Select[Any]:
        first, second = (
            cast("Select[Any]", part.made(dialect_name)).subquery() for part in (self.first, self.second)
        )
        return select(first, second).select_from(first.outerjoin(second, true()))


class Compiled(Value):
    """A statement as one database takes it, with the ways of its values in and out."""

    sql: str
    parameters: tuple[tuple[str, _Way], ...]
    fixed: Values
    ways_back: tuple[_Way, ...]
    row: Callable[..., Any]

    @property
    def returns(self) -> bool:
        """Tell whether there is something to read afterwards."""
        return bool(self.ways_back)

    def bound(self, values: Values) -> list[Any]:
        """Return the values in the order of their places, as the driver takes them."""
        given = {**self.fixed, **values} if self.fixed else values
        return [way(given[name]) if way else given[name] for name, way in self.parameters]

    def value(self, fetched: Any) -> Any:  # noqa: ANN401 - of whatever type the column is.
        """Return the one value that a write returns."""
        way = self.ways_back[0] if self.ways_back else None
        return way(fetched) if way and fetched is not None else fetched

    def read(self, fetched: Sequence[Sequence[Any]]) -> Rows:
        """Return rows with their columns by name."""
        ways = self.ways_back
        return [
            self.row(*[way(value) if way else value for way, value in zip(ways, row, strict=True)])
            for row in fetched
        ]


def in_places(name: str, values: Sequence[Any]) -> dict[str, Any]:
    """Return the values by places of that name, for a statement that asks for one of several.

    As many as the next power of two, the last of them again and again: so that few statements are compiled.
    """
    count = 1 << max(len(values) - 1, 0).bit_length()
    return {f"{name}_{place}": values[min(place, len(values) - 1)] for place in range(count)}


def _compile(statement: ClauseElement, dialect: Dialect) -> Compiled:
    compiled = cast("SQLCompiler", statement.compile(dialect=dialect))
    names = compiled.positiontup or _NAMED.findall(compiled.string)
    columns = cast("Any", statement).exported_columns
    return Compiled(
        sql=_NAMED.sub("%s", compiled.string),
        parameters=tuple((name, _way_in(compiled.binds[name].type, dialect)) for name in names),
        fixed={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        ways_back=tuple(_way_back(column, dialect) for column in columns),
        row=namedtuple("Row", columns.keys()),  # noqa: PYI024 - its fields are known only now.
    )


def _way_in(type_: TypeEngine[Any], dialect: Dialect) -> _Way:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _way_back(column: ColumnElement[Any], dialect: Dialect) -> _Way:
    return column.type.dialect_impl(dialect).result_processor(dialect, None)
