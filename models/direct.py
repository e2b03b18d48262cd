"""Statements that go straight to the driver: the few that run with every request, and those that log a risk.

SQLAlchemy takes some seventy microseconds for each statement that it runs, and a hundred for a session around
it; SQLite itself takes ten. So these are compiled once for each database, with the ways of their values in
and out, and run past the engine on the connections of its pool. All others are better off with its comfort.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from logging import getLogger
from typing import Any, cast

from sqlalchemy.engine import Dialect

from models.at_hand import AtHand
from models.compiled import Compiled, Pair, Rows, Statement, Values
from models.errors import DatabaseBusy
from models.value import Value

log = getLogger(__name__)

_STOPPED = frozenset({"57014", "55P03"})
"""Postgres's codes for a statement that took too long, and for a lock that was not to be had in time."""


class Untouched(Exception):
    """A write found no row to touch, so nothing of its transaction was kept; ``name`` is the write's."""

    def __init__(self, name: str) -> None:
        """Take the name."""
        super().__init__(name)
        self.name = name


class Write(Value):
    """A statement that writes one row, and may return one value of it; its name is one word.

    One that ``may_miss`` returns None where it finds no row, and leaves the others be.
    """

    name: str
    statement: Statement
    values: Values
    may_miss: bool = False


class Look(Value):
    """A SELECT that follows the writes and asks about what one of them returned; its name is one word."""

    name: str
    statement: Statement
    about: str
    """The write's name. Where it returned something, the SELECT takes that as a value of this name."""
    values: Values


class Found(Value):
    """Rows as the driver gave them, for whoever needs them: one that can't be read undoes no write."""

    compiled: Compiled
    fetched: Sequence[Sequence[Any]]

    def read(self) -> Rows:
        """Return the rows with their columns by name. Raises LookupError where a value is not known here."""
        return self.compiled.read(self.fetched)


def raise_where_stopped(error: BaseException) -> None:
    """Raise DatabaseBusy where Postgres stopped a statement that took too long; nothing of it was kept."""
    if getattr(error, "sqlstate", None) in _STOPPED:
        msg = "a statement took too long"
        raise DatabaseBusy(msg) from error


def look(hand: AtHand, dialect: Dialect, statement: Statement, values: Values) -> Rows:
    """Run one SELECT, which needs no transaction around it."""
    compiled = statement.on(dialect)
    with hand.lend() as driver:
        return compiled.read(_run(driver, compiled.sql, compiled.bound(values)))


def look_twice(hand: AtHand, dialect: Dialect, pair: Pair, values: Values) -> tuple[Rows, Rows]:
    """Run two SELECTs, likewise: in one round trip on Postgres, and one after the other on SQLite.

    SQLite has no way to go, and would have to put the two together.
    """
    with hand.lend() as driver:
        if dialect.name != "sqlite":
            joined = pair.on(dialect)
            return pair.read(dialect, _run(driver, joined.sql, joined.bound(values)))
        first, second = (part.on(dialect) for part in (pair.first, pair.second))
        rows = first.read(_run(driver, first.sql, first.bound(values)))
        return rows, second.read(_run(driver, second.sql, second.bound(values))) if rows else []


def write(
    hand: AtHand,
    dialect: Dialect,
    begin: Callable[[Any], None],
    writes: Sequence[Write],
    *,
    relaxed: bool = False,
    then: Look | None = None,
) -> dict[str, Any]:
    """Carry out all writes in one transaction, and return by name what each returned. Raises Untouched.

    ``then`` follows on the same connection, which still has the pages at hand; what it found is returned by
    its name.

    ``begin`` and ``relaxed`` are for SQLite alone: how to begin, and not to wait for the disk at the commit.

    On Postgres they go as one statement, in one round trip: none sees what the others do, unless it reads
    from another's name.
    """
    with hand.lend() as driver:
        if dialect.name == "sqlite":
            done = _one_by_one(dialect, driver, begin, writes, relaxed=relaxed, then=then)
        else:
            done = _at_once(dialect, driver, writes)
            _follow(dialect, driver, then, done)
    if isinstance(done, Untouched):
        raise done
    return done


def _one_by_one(
    dialect: Dialect,
    driver: Any,  # noqa: ANN401 - of either driver.
    begin: Callable[[Any], None],
    writes: Sequence[Write],
    *,
    relaxed: bool,
    then: Look | None,
) -> dict[str, Any] | Untouched:
    if relaxed:
        driver.execute("PRAGMA synchronous = NORMAL")
    begin(driver)
    done = _each(dialect, driver, writes)
    if isinstance(done, Untouched):
        driver.rollback()
    else:
        _follow(dialect, driver, then, done)
        driver.commit()
    if relaxed:
        # A connection that fails before this is not lent again.
        driver.execute("PRAGMA synchronous = FULL")
    return done


def _each(dialect: Dialect, driver: Any, writes: Sequence[Write]) -> dict[str, Any] | Untouched:  # noqa: ANN401 - of either driver.
    returned = {}
    for each in writes:
        is_touched, returned[each.name] = _done(driver, each.statement.on(dialect), each.values)
        if not is_touched and not each.may_miss:
            return Untouched(each.name)
    return returned


def _done(driver: Any, compiled: Compiled, values: Values) -> tuple[bool, Any]:  # noqa: ANN401 - of either driver.
    """Return whether a write touched a row, and what it returned.

    To return something costs SQLite more than the write itself, and twice lets go of the interpreter.
    """
    cursor, bound = driver.cursor(), compiled.bound(values)
    if not compiled.returns:
        _execute(cursor, compiled.sql, bound)
        return cursor.rowcount > 0, None
    rows = _run(cursor, compiled.sql, bound)
    return bool(rows), compiled.value(rows[0][0]) if rows else None


def _follow(
    dialect: Dialect,
    driver: Any,  # noqa: ANN401 - of either driver.
    then: Look | None,
    done: dict[str, Any] | Untouched,
) -> None:
    """Add what the look finds about what was written."""
    if then is None or isinstance(done, Untouched) or done[then.about] is None:
        return
    compiled = then.statement.on(dialect)
    bound = compiled.bound({**then.values, then.about: done[then.about]})
    done[then.name] = Found(compiled, _run(driver, compiled.sql, bound))


def _at_once(dialect: Dialect, driver: Any, writes: Sequence[Write]) -> dict[str, Any] | Untouched:  # noqa: ANN401 - of either driver.
    """Run all as one statement that fails by itself where one touches nothing: no other round trip is needed.

    Only then it runs again without failing, so that the one can be named; by then it may even go well.
    """
    from psycopg import RawCursor  # noqa: PLC0415 - who uses SQLite need not load it.
    from psycopg.errors import DivisionByZero  # noqa: PLC0415 - likewise.

    parts = tuple((each.name, each.statement) for each in writes)
    values = [value for each in writes for value in each.statement.on(dialect).bound(each.values)]
    must = tuple(each.name for each in writes if not each.may_miss)
    try:
        (found,) = _run(RawCursor(driver), _joined(dialect, parts, must), values)
    except DivisionByZero:
        try:
            with driver.transaction():
                (found,) = _run(RawCursor(driver), _joined(dialect, parts, ()), values)
                _require_all(writes, found)
        except Untouched as untouched:
            return untouched
    return {
        each.name: each.statement.on(dialect).value(value) for each, value in zip(writes, found, strict=False)
    }


def _require_all(writes: Sequence[Write], found: Sequence[Any]) -> None:
    """Raise Untouched for the first that had to touch a row and did not."""
    for each, value in zip(writes, found, strict=True):
        if value is None and not each.may_miss:
            raise Untouched(each.name)


@lru_cache(maxsize=64)
def _joined(dialect: Dialect, parts: tuple[tuple[str, Statement], ...], must: tuple[str, ...]) -> str:
    """Return one statement that does all, and returns a row with what each returns.

    Where one that ``must`` return something does not, it fails. Its places are numbered, as Postgres
    wants them: psycopg would look for them anew at each execution, since it remembers only statements with at
    most fifty.
    """
    named = ", ".join(f"{name} AS ({_telling(statement.on(dialect))})" for name, statement in parts)
    returned = ", ".join(f"(TABLE {name})" for name, _ in parts)
    joined = f"WITH {named} SELECT {returned}"
    if must:
        lacks = " OR ".join(f"(TABLE {name}) IS NULL" for name in must)
        joined += f", 1 / CASE WHEN {lacks} THEN 0 ELSE 1 END"
    first, *others = joined.split("%s")
    numbered = "".join([first, *(f"${place}{rest}" for place, rest in enumerate(others, start=1))])
    return numbered.replace("%%", "%")


def _telling(compiled: Compiled) -> str:
    """Return a write as one of several, which tells by returning something that it touched a row."""
    return compiled.sql if compiled.returns else f"{compiled.sql} RETURNING 1 AS touched"


def _run(runner: Any, sql: str, parameters: list[Any]) -> Sequence[Sequence[Any]]:  # noqa: ANN401 - of either driver.
    return cast("Sequence[Sequence[Any]]", _execute(runner, sql, parameters).fetchall())


def _execute(runner: Any, sql: str, parameters: list[Any]) -> Any:  # noqa: ANN401 - of either driver.
    log.debug("%s", sql)
    try:
        return runner.execute(sql, parameters)
    except Exception as error:
        raise_where_stopped(error)
        raise
