"""The engine and its transactions: SQLite for one process, Postgres for several."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteError
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from models import direct, sqlite
from models.at_hand import AtHand
from models.compiled import Pair, Rows, Statement, Values
from models.errors import DatabaseBusy
from models.patience import ANSWERING, UNHURRIED, Patience
from models.sqlite_file import SqliteFile

POOL_SIZE = 10
OVERFLOW = 20
AT_HAND = 4
"""Connections for statements that go straight to the driver; more are borrowed from the pool."""
WAIT_SECONDS = 1.5
"""How long a transaction waits for a connection, or for SQLite's single writer; Slack waits three."""

RESTED_SECONDS = 1.0
"""How long a connection to Postgres may lie in the pool before it is asked whether it still lives."""

_NO_LIMIT = "SET LOCAL statement_timeout = 0"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7031986217450412)"
"""Has a second change of the schema wait for the first; any number, but the same in all versions."""
_READ_ONLY = "25006"
"""Postgres's code where it may only be read, as a server that follows another."""
_LOST = "PRAGMA foreign_key_check"
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
        patience: Patience = ANSWERING,
    ) -> None:
        """Take the address, how many connections may be open at once, and how long to wait or trust them."""
        address = make_url(url)
        is_sqlite = address.get_backend_name() == "sqlite"
        if not is_sqlite:
            from models.postgres import address_of  # noqa: PLC0415 - who uses SQLite need not load its driver.

            address = address_of(address, patience)
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
        self.unhurried = self
        """The same database for work that nobody waits for. It is closed with this one."""
        if is_sqlite:
            self._use_sqlite(at_hand)
        else:
            self._use_postgres(at_hand, patience, rested_seconds)
            if patience is not UNHURRIED:
                self.unhurried = Database(url, patience=UNHURRIED)
                self.unhurried.on_work = self._pass_on

    def _use_sqlite(self, at_hand: int) -> None:
        self._hand = AtHand(self.engine, at_hand)
        # SQLite has one writer: always by the same connection, it need not read its pages anew each time.
        self._writing_hand = AtHand(self.engine, 1)
        sqlite.prepare(self.engine, self._wait_seconds)
        self._file.watch(self.engine)
        self._looking: Engine = self.engine.execution_options(**{sqlite.BEGIN: ""})
        self._reading: Engine = self.engine
        self._writing: Engine = self.engine.execution_options(**{sqlite.BEGIN: "BEGIN IMMEDIATE"})

    def _use_postgres(self, at_hand: int, patience: Patience, rested_seconds: float) -> None:
        from models import postgres  # noqa: PLC0415 - as above.

        postgres.prepare(self.engine, patience)
        probe = postgres.Probe(self.engine.dialect, rested_seconds)
        probe.watch(self.engine)
        self._hand = self._writing_hand = AtHand(self.engine, at_hand, probe.lives)
        self._looking = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._reading = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._writing = self.engine

    def _pass_on(self) -> None:
        self.on_work()

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

        Raises DatabaseBusy when others, who write to SQLite or hold a lock of Postgres's, come to no end.
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
            if self.dialect != "sqlite":
                connection.exec_driver_sql(_NO_LIMIT)
                connection.exec_driver_sql(_ONE_AT_A_TIME)
            yield connection
            if self.dialect == "sqlite" and (lost := connection.exec_driver_sql(_LOST).all()):
                msg = f"rows that point to nothing: {lost}"
                raise IntegrityError(_LOST, None, ValueError(msg))

    def look_directly(self, statement: Statement, values: Values) -> Rows:
        """Run one SELECT straight on the driver; see ``models.direct`` for which."""
        return direct.look(self._hand, self.engine.dialect, statement, values)

    def look_twice_directly(self, pair: Pair, values: Values) -> tuple[Rows, Rows]:
        """Run two SELECTs at once, likewise."""
        return direct.look_twice(self._hand, self.engine.dialect, pair, values)

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
                self._writing_hand,
                self.engine.dialect,
                sqlite.begin_immediate,
                writes,
                relaxed=relaxed,
                then=then,
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

    def settle_log(self) -> None:
        """Bring what SQLite's log holds into its file as far as nobody is in the way, and hold up nobody.

        Otherwise that waits for a thousand pages, and who loses the log would lose all that is in it.
        """
        if self.dialect == "sqlite":
            with suppress(OperationalError, DatabaseBusy), self._looking.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def clear_traces(self, *mapped: str) -> None:
        """Clear what deleted rows of these tables left behind: SQLite's log, or Postgres's dead rows.

        It helps where it can, and is no part of any use case: what is in use elsewhere stays for now.
        """
        with suppress(OperationalError, DatabaseBusy), self._looking.connect() as connection:
            if self.dialect == "sqlite":
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                connection.exec_driver_sql(f"VACUUM {', '.join(mapped)}")

    def try_writing(self) -> None:
        """Write what changes nothing, and keep it. Raises DBAPIError, DatabaseBusy.

        A database whose disk is full, whom somebody holds up or who may only be read answers questions all
        the same. Nothing grows by it.
        """
        with self.write() as session:
            if self.dialect == "sqlite":
                number = session.scalar(text("PRAGMA user_version"))
                session.execute(text(f"PRAGMA user_version = {number}"))
            else:
                session.execute(text("UPDATE alembic_version SET version_num = version_num"))

    def is_away(self, error: Exception) -> bool:
        """Tell whether an error is about the database, which may soon be back, not about what was asked."""
        drivers = self.engine.dialect.loaded_dbapi
        cause = error.orig if isinstance(error, DBAPIError) else error
        away = (drivers.OperationalError, drivers.InterfaceError)
        if getattr(cause, "sqlstate", None) == _READ_ONLY:
            return True
        return isinstance(cause, (DatabaseBusy, DisconnectionError, PoolTimeout, *away))

    def dispose(self) -> None:
        """Close all connections.

        Where SQLite's file is gone its log stays, for whoever puts it back. Beside another file the log would
        be taken for that one's: what it holds goes into the file that was opened, wherever that is by now.
        """
        if self._file.is_replaced:
            with suppress(SqliteError, DatabaseBusy), self._writing_hand.lend() as driver:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if self.unhurried is not self:
            self.unhurried.dispose()
        for hand in (self._hand, self._writing_hand):
            hand.close()
        self.engine.dispose()


@contextmanager
def _unbound(connection: Connection) -> Iterator[None]:
    """Have SQLite look at no foreign key meanwhile, and Postgres be silent for as long as it likes."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, SqliteConnection):
        from models.postgres import silent_for  # noqa: PLC0415 - as above.

        with silent_for(driver, None):
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
