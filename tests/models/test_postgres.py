"""A Postgres in which something takes too long: who asks is told in time, and can ask again at once."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import OperationalError

from bot.demo.outward.dispatch import ACKNOWLEDGE_SECONDS
from models.compiled import Statement
from models.database import WAIT_SECONDS, Database
from models.errors import DatabaseBusy
from models.patience import ANSWERING
from models.tables import workspaces
from tests.models.world import NOW
from tests.standstill import IN_REAL_SECONDS

PID = "SELECT pg_backend_pid()"
PIDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
LIMIT = "SHOW statement_timeout"
LOOK = Statement(lambda _dialect: text("SELECT name FROM workspaces").columns(workspaces.c.name))
RENAME = update(workspaces).values(name="1")


@pytest.fixture
def database(new_postgres_url: Callable[[], str]) -> Iterator[Database]:
    database = Database(new_postgres_url(), pool_size=1, overflow=0, at_hand=1)
    with database.write() as session:
        session.execute(insert(workspaces).values(enterprise_id="", team_id="T1", name="0", created_at=NOW))
    yield database
    database.dispose()


def rename(database: Database) -> None:
    with database.write() as session:
        session.execute(RENAME)


def pid_of(database: Database) -> int:
    with database.look() as session:
        return int(session.scalars(text(PID)).one())


def connections(database: Database) -> set[int]:
    with database.look() as session:
        return set(session.scalars(text(PIDS)))


@contextmanager
def answered_in_time() -> Iterator[None]:
    began = monotonic()
    yield
    assert monotonic() - began < ACKNOWLEDGE_SECONDS


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """Have one of the server's processes stand still, as where its disk does."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@IN_REAL_SECONDS
@pytest.mark.parametrize("ask", [rename, lambda database: database.look_directly(LOOK, {})])
def test_who_would_wait_too_long_for_a_lock_is_told_on_a_connection_that_stays(
    database: Database, ask: Callable[[Database], object]
) -> None:
    assert ANSWERING.statement > WAIT_SECONDS
    database.look_directly(LOOK, {})
    pid_of(database.unhurried)
    before = connections(database)
    with database.unhurried.write() as holding:
        holding.execute(text("LOCK TABLE workspaces"))
        with answered_in_time(), pytest.raises(DatabaseBusy):
            ask(database)
    ask(database)
    assert connections(database) == before


@IN_REAL_SECONDS
def test_a_server_that_says_nothing_is_given_up_and_asked_anew(database: Database) -> None:
    asked = pid_of(database)
    with stopped(asked):
        with answered_in_time(), pytest.raises(OperationalError):
            rename(database)
        with answered_in_time():
            assert pid_of(database) != asked


@IN_REAL_SECONDS
def test_a_connection_that_rested_and_says_nothing_leaves_time_for_another(
    new_postgres_url: Callable[[], str],
) -> None:
    database = Database(new_postgres_url(), pool_size=1, overflow=0, rested_seconds=0)
    asked = pid_of(database)
    with stopped(asked), answered_in_time():
        assert pid_of(database) != asked
    database.dispose()


def test_work_that_nobody_waits_for_has_a_longer_limit_and_a_change_of_the_schema_none(
    database: Database,
) -> None:
    limits = []
    for each in (database, database.unhurried):
        with each.look() as session:
            limits.append(session.scalars(text(LIMIT)).one())
    assert limits == ["2s", "1min"]
    with database.reshape() as connection:
        assert connection.scalar(text(LIMIT)) == "0"
    with database.look() as session:
        assert session.scalars(text(LIMIT)).one() == "2s"


def test_who_does_not_hurry_tells_of_work_as_well(database: Database) -> None:
    found: list[str] = []
    database.on_work = lambda: found.append("work")
    database.unhurried.on_work()
    assert found == ["work"]
