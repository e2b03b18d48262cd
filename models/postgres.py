"""Postgres as we use it: for how long anything may take there, and whether a connection still lives."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from models.direct import raise_where_stopped
from models.patience import Patience

NAMES = frozenset({"postgres", "postgresql"})
"""How people and hosts write it, who name no driver."""


NAME = "drumbeat"
"""What our connections are called in the server's list, where the address calls them nothing else."""
_DEAD_LINES = {
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""When to give up a Postgres whose machine is gone, in seconds, the last in thousandths of one; otherwise it
would take a quarter of an hour."""
PING_SECONDS = 0.4
"""How long a connection may take to give a sign of life; making a new one has to fit behind it."""
_RETURNED_AT = "returned_at"


class Limited(psycopg.Connection[Any]):
    """A connection that gives up a server which no longer says anything, a stopped one for instance.

    Its kernel confirms what we send, so the limits of TCP do not see it.
    """

    silence: float | None = None

    def wait(
        self,
        gen: Generator[Any, Any, Any],
        interval: float = 0.1,
        timeout: float | None = None,
    ) -> Any:  # noqa: ANN401 - whatever is waited for.
        """Wait as psycopg does, but not for ever; whether the server did what was asked is then unknown."""
        limit = self.silence if timeout is None else timeout
        try:
            return super().wait(gen, interval, limit)
        except psycopg.OperationalError:
            if timeout is None and self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


def address_of(url: URL, patience: Patience) -> URL:
    """Name the driver where the address does not, and limit how long it waits where it does not."""
    if url.drivername in NAMES:
        url = url.set(drivername="postgresql+psycopg")
    ours = {"connect_timeout": str(patience.connecting), "application_name": NAME, **_DEAD_LINES}
    return url.update_query_dict({name: each for name, each in ours.items() if name not in url.query})


def prepare(engine: Engine, patience: Patience) -> None:
    """Limit how long each statement takes, and say DatabaseBusy where it took longer."""

    def connect(_dialect: object, _record: object, address: Any, options: Any) -> DBAPIConnection:  # noqa: ANN401 - the driver's.
        return Limited.connect(*address, **options)  # type: ignore[return-value]

    def connected(connection: Limited, _record: object) -> None:
        # Once for each connection, and by itself: as an option of the address a pooler would refuse it.
        connection.autocommit = True
        connection.execute(f"SET statement_timeout = {int(patience.statement * 1000)}")
        connection.autocommit = False
        connection.silence = patience.silence

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", connected)
    event.listen(engine, "handle_error", _told)


def _told(context: ExceptionContext) -> None:
    raise_where_stopped(context.original_exception)


class Probe:
    """Asks a connection that has rested for a sign of life before it is lent; one just used needs none.

    SQLAlchemy's own ``pool_pre_ping`` asks each time, a round trip for each session.
    """

    def __init__(self, dialect: Dialect, rested_seconds: float) -> None:
        """Take how long a connection may rest."""
        self._dialect = dialect
        self._rested_seconds = rested_seconds

    def lives(self, connection: Any, rests_since: float) -> bool:  # noqa: ANN401 - the driver's.
        """Tell whether a connection may be lent."""
        if monotonic() - rests_since < self._rested_seconds:
            return True
        try:
            with silent_for(connection, PING_SECONDS):
                self._dialect.do_ping(connection)
        except psycopg.Error:
            return False
        return True

    def watch(self, engine: Engine) -> None:
        """Look at what the pool lends."""

        def returned(connection: Any, record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's.
            record.info[_RETURNED_AT] = monotonic()
            # SQLAlchemy ends a reader's turn with "read write", whatever the server's default is.
            if connection is not None and connection.read_only is not None:
                connection.read_only = None

        def lent(connection: DBAPIConnection, record: ConnectionPoolEntry, _lent: object) -> None:
            if not self.lives(connection, record.info.get(_RETURNED_AT, monotonic())):
                raise DisconnectionError

        event.listen(engine, "checkin", returned)
        event.listen(engine, "checkout", lent)


@contextmanager
def silent_for(connection: Any, seconds: float | None) -> Iterator[None]:  # noqa: ANN401 - the driver's.
    """Bear a silence of that length meanwhile."""
    usual, connection.silence = connection.silence, seconds
    try:
        yield
    finally:
        connection.silence = usual
