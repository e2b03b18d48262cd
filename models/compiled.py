"""Statements compiled once for each database, with the ways of their values in and out."""

import re
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ClauseElement, ColumnElement
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
            compiled = self._compiled[dialect.name] = _compile(self._make(dialect.name), dialect)
        return compiled


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
