"""The engine and its transactions: SQLite for one process, Postgres for several."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteBusy
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from models import direct
from models.at_hand import AtHand
from models.errors import DatabaseBusy
from models.sqlite_file import SqliteFile

POOL_SIZE = 10
OVERFLOW = 20
AT_HAND = 4
"""Connections for statements that go straight to the driver; more are borrowed from the pool."""
WAIT_SECONDS = 1.5
"""How long a transaction waits for a connection, or for SQLite's single writer; Slack waits three."""

_POSTGRES_NAMES = frozenset({"postgres", "postgresql"})
_PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""When to give up a Postgres whose machine is gone, in seconds, the last in thousandths of one; otherwise it
would take a quarter of an hour."""
RESTED_SECONDS = 1.0
"""How long a connection to Postgres may lie in the pool before it is asked whether it still lives."""

_LOST = "PRAGMA foreign_key_check"
_BEGIN = "sqlite_begin"
_RETURNED_AT = "returned_at"
_LEFT_WORK = "left_work"


class Database:
    """Where everything is kept. Opening it connects to nothing yet.

    ``url`` is ``sqlite:///path`` or ``postgresql://…``.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = POOL_SIZE,
        overflow: int = OVERFLOW,
        at_hand: int = AT_HAND,
        wait_seconds: float = WAIT_SECONDS,
        rested_seconds: float = RESTED_SECONDS,
    ) -> None:
        """Take the address, how many connections may be open at once, and how long to wait or trust them."""
        address = _with_driver(make_url(url))
        is_sqlite = address.get_backend_name() == "sqlite"
        self.engine: Engine = create_engine(
            address,
            pool_size=pool_size,
            max_overflow=overflow,
            pool_timeout=wait_seconds,
        )
        self.on_work: Callable[[], None] = lambda: None
        """Told after each commit that left work for others; see ``leave_work``."""
        self._wait_seconds = wait_seconds
        self._writer = Lock()
        self._file = SqliteFile(address)
        self._hand = AtHand(self.engine, at_hand, rested_seconds)
        # SQLite has one writer: always by the same connection, it need not read its pages anew each time.
        self._writing_hand = AtHand(self.engine, 1, rested_seconds) if is_sqlite else self._hand
        if is_sqlite:
            _prepare_sqlite(self.engine, wait_seconds)
            event.listen(self.engine, "connect", self._file.opened)
            self._looking: Engine = self.engine.execution_options(**{_BEGIN: ""})
            self._reading: Engine = self.engine
            self._writing: Engine = self.engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        else:
            _probe_rested(self.engine, rested_seconds)
            self._looking = self.engine.execution_options(isolation_level="AUTOCOMMIT")
            self._reading = self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._writing = self.engine

    @property
    def dialect(self) -> str:
        """Return "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def look(self) -> Iterator[Session]:
        """Open a session for a single SELECT, which needs no transaction around it."""
        with Session(self._looking) as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a transaction that sees one state of the database throughout and changes nothing."""
        with Session(self._reading) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open the one transaction of a use case: commits on leaving, rolls back on an error. Never nested.

        Raises DatabaseBusy when SQLite's other writers do not come to an end.
        """
        with self._turn(), Session(self._writing, autoflush=False) as session, session.begin():
            yield session
        if _LEFT_WORK in session.info:
            self.on_work()

    @contextmanager
    def reshape(self) -> Iterator[Connection]:
        """Open the one transaction of a change of the schema; rows that then point to nothing are an error.

        SQLite alters some tables by making them anew, and takes the rows that point to the one it drops for
        lost. So that is asked at the end, which it does only for transactions that have not begun yet.
        """
        with self._turn(), self._writing.connect() as connection, _unbound(connection), connection.begin():
            yield connection
            if self.dialect == "sqlite" and (lost := connection.exec_driver_sql(_LOST).all()):
                msg = f"rows that point to nothing: {lost}"
                raise IntegrityError(_LOST, None, ValueError(msg))

    def look_directly(self, statement: direct.Statement, values: direct.Values) -> direct.Rows:
        """Run one SELECT straight on the driver; see ``models.direct`` for which."""
        return direct.look(self._hand, self.engine.dialect, statement, values)

    def write_directly(
        self,
        writes: Sequence[direct.Write],
        *,
        leaves_work: bool,
        may_be_lost: bool = False,
        then: direct.Look | None = None,
    ) -> dict[str, Any]:
        """Carry out all writes in one transaction, and return by name what each returned, and ``then`` found.

        What may be lost need not have reached SQLite's disk: a process that ends loses nothing, a power cut
        perhaps the last moments; the next durable commit saves it with its own. Raises Untouched, with
        nothing kept, where one finds no row to touch, and DatabaseBusy.
        """
        relaxed = may_be_lost and self.dialect == "sqlite"
        with self._turn():
            returned = direct.write(
                self._writing_hand, self.engine.dialect, _begin_immediate, writes, relaxed=relaxed, then=then
            )
        if leaves_work:
            self.on_work()
        return returned

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for SQLite's single writer in line: SQLite itself would poll, with growing pauses."""
        if self.dialect != "sqlite":
            yield
            return
        self.require_file()
        if not self._writer.acquire(timeout=self._wait_seconds):
            msg = f"waited {self._wait_seconds:g} s for other writers"
            raise DatabaseBusy(msg)
        try:
            yield
        finally:
            self._writer.release()

    def require_file(self) -> None:
        """Raise DatabaseMoved where SQLite's file is not the one that was opened."""
        self._file.require()

    def clear_traces(self, *mapped: str) -> None:
        """Clear what deleted rows of these tables left behind: SQLite's log, or Postgres's dead rows.

        It helps where it can, and is no part of any use case: what is in use elsewhere stays for now.
        """
        with suppress(OperationalError), self._looking.connect() as connection:
            if self.dialect == "sqlite":
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                connection.exec_driver_sql(f"VACUUM {', '.join(mapped)}")

    def ping(self) -> None:
        """Ask the database for a sign of life. Raises SQLAlchemyError when there is none."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def is_away(self, error: Exception) -> bool:
        """Tell whether an error is about the database, which may soon be back, not about what was asked."""
        drivers = self.engine.dialect.loaded_dbapi
        cause = error.orig if isinstance(error, DBAPIError) else error
        away = (drivers.OperationalError, drivers.InterfaceError)
        return isinstance(cause, (DatabaseBusy, DisconnectionError, PoolTimeout, *away))

    def dispose(self) -> None:
        """Close all connections."""
        for hand in (self._hand, self._writing_hand):
            hand.close()
        self.engine.dispose()


@contextmanager
def writing_over(session: Session) -> Iterator[None]:
    """Have SQLite write over what is deleted inside the block, instead of leaving it in the file."""
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")


@contextmanager
def _unbound(connection: Connection) -> Iterator[None]:
    """Have SQLite look at no foreign key meanwhile."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, SqliteConnection):
        yield
        return
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def leave_work(session: Session) -> None:
    """Note that this transaction leaves work for others, who are told once it is committed."""
    session.info[_LEFT_WORK] = True


def _with_driver(url: URL) -> URL:
    """Name the driver where the address, as people and hosts write it, does not, and limit its patience."""
    if url.drivername in _POSTGRES_NAMES:
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "postgresql":
        return url
    return url.update_query_dict({name: each for name, each in _PATIENCE.items() if name not in url.query})


def _prepare_sqlite(engine: Engine, wait_seconds: float) -> None:
    """Make SQLite durable, strict about foreign keys, and let us say how a transaction begins."""

    def connected(connection: SqliteConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(wait_seconds * 1000)}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    def begun(connection: Connection) -> None:
        begin = connection.get_execution_options().get(_BEGIN, "BEGIN")
        if begin:
            # Straight to the driver: SQLAlchemy's way to it costs more than the statement does.
            _begin(connection.connection.driver_connection, begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _begin_immediate(driver: object) -> None:
    """Begin to write to SQLite."""
    _begin(driver, "BEGIN IMMEDIATE")


def _begin(driver: object, begin: str) -> None:
    if isinstance(driver, SqliteConnection):
        try:
            driver.execute(begin)
        except SqliteBusy as error:
            raise DatabaseBusy(str(error)) from error


def _probe_rested(engine: Engine, rested_seconds: float) -> None:
    """Ask a connection that has rested for a sign of life before it is lent; one just used needs no question.

    SQLAlchemy's own ``pool_pre_ping`` asks each time, a round trip for each session.
    """

    def returned(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_RETURNED_AT] = monotonic()

    def lent(connection: DBAPIConnection, record: ConnectionPoolEntry, _lent: object) -> None:
        if monotonic() - record.info.get(_RETURNED_AT, monotonic()) < rested_seconds:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    event.listen(engine, "checkin", returned)
    event.listen(engine, "checkout", lent)
