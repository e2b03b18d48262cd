"""Transactions: whole or not at all, one writer after the other, readers never in the way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, insert, select, text, update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import DatabaseBusy
from models.migrations import SchemaState, state_of
from models.tables import workspaces
from tests.models.world import NOW

DEADLINE = 10


def with_team(database: Database) -> Database:
    """Make one workspace known, named "0"."""
    with database.write() as session:
        session.execute(insert(workspaces).values(enterprise_id="", team_id="T1", name="0", created_at=NOW))
    return database


@pytest.fixture
def team(database: Database) -> Database:
    """Return a database that knows one workspace."""
    return with_team(database)


def name_in(session: Session) -> str:
    """Return the workspace's name."""
    name: str = session.scalars(select(workspaces.c.name)).one()
    return name


def test_a_failed_transaction_leaves_nothing(team: Database) -> None:
    def fail() -> None:
        with team.write() as session:
            session.execute(update(workspaces).values(name="1"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with team.read() as session:
        assert name_in(session) == "0"


def test_a_reader_sees_one_state_throughout_and_stops_nobody(team: Database) -> None:
    with team.read() as reading:
        assert name_in(reading) == "0"
        with team.write() as session:
            session.execute(update(workspaces).values(name="1"))
        assert name_in(reading) == "0"
    with team.read() as session:
        assert name_in(session) == "1"


def test_writers_that_read_first_never_overwrite_each_other_on_sqlite(
    new_sqlite_url: Callable[[], str],
) -> None:
    """Each has a Database of its own, as processes do; on Postgres services lock what they change."""
    databases = [Database(new_sqlite_url())]
    with_team(databases[0])
    databases += [Database(str(databases[0].engine.url)) for _ in range(3)]

    def increase(database: Database) -> None:
        for _ in range(5):
            with database.write() as session:
                session.execute(update(workspaces).values(name=str(int(name_in(session)) + 1)))

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(increase, databases * 2))
    with databases[0].read() as session:
        assert name_in(session) == "40"
    for database in databases:
        database.dispose()


def test_a_second_process_waits_for_the_first_writer(team: Database) -> None:
    """Two Database objects share no lock of ours, as two processes would not."""
    other = Database(team.engine.url.render_as_string(hide_password=False))
    holding = Event()

    def write_second() -> None:
        assert holding.wait(DEADLINE)
        with other.write() as session:
            session.execute(update(workspaces).values(name="second"))

    with ThreadPoolExecutor(max_workers=1) as pool:
        second = pool.submit(write_second)
        with team.write() as session:
            session.execute(update(workspaces).values(name="first"))
            holding.set()
        second.result(DEADLINE)
    with team.read() as session:
        assert name_in(session) == "second"
    other.dispose()


def test_a_writer_that_waits_too_long_is_told(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'busy.db'}", wait_seconds=0.05)

    def nested() -> None:
        with database.write(), database.write():
            pass

    with pytest.raises(DatabaseBusy):
        nested()
    database.dispose()


def test_references_to_what_is_not_there_are_refused(team: Database) -> None:
    with pytest.raises(IntegrityError), team.write() as session:
        session.execute(
            text(
                "INSERT INTO clients (id, workspace_id, name, created_at)"
                " VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002',"
                " 'Nobody', '2026-10-14 09:00:00')"
            )
        )


def test_a_reader_cannot_write_on_postgres(new_postgres_url: Callable[[], str]) -> None:
    """SQLite has no read-only transactions."""
    database = Database(new_postgres_url())
    with pytest.raises(DBAPIError), database.read() as session:
        session.execute(update(workspaces).values(name="1"))
    database.dispose()


def test_sqlite_survives_a_power_cut(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    with database.read() as session:
        settings = [
            session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert settings == ["wal", 2, 1]
    database.dispose()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_addresses_as_hosts_write_them_are_understood(scheme: str) -> None:
    database = Database(f"{scheme}://user:word@localhost/drumbeat?sslmode=require")
    assert database.dialect == "postgresql"
    assert database.engine.driver == "psycopg"
    assert database.engine.url.query["sslmode"] == "require"


def test_a_server_that_is_gone_is_given_up_unless_its_address_says_otherwise() -> None:
    asked = Database("postgresql://localhost/drumbeat?connect_timeout=60").engine.url.query
    assert (asked["connect_timeout"], asked["tcp_user_timeout"]) == ("60", "15000")
    assert not Database("sqlite:///drumbeat.db").engine.url.query


def test_writing_is_tried_for_real_and_changes_nothing(database: Database, tmp_path: Path) -> None:
    database.try_writing()
    assert state_of(database) is SchemaState.CURRENT
    nowhere = Database(f"sqlite:///{tmp_path}/missing/folder.db")
    with pytest.raises(DBAPIError):
        nowhere.try_writing()


def make_read_only(database: Database) -> None:
    """Let everything that connects from now on read alone."""
    is_sqlite = database.dialect == "sqlite"
    reading = "PRAGMA query_only = ON" if is_sqlite else "SET default_transaction_read_only = on"
    database.engine.dispose()

    def connected(connection: DBAPIConnection, _: object) -> None:
        connection.cursor().execute(reading)
        connection.commit()

    event.listen(database.engine, "connect", connected)


def test_a_database_that_may_only_be_read_counts_as_away(database: Database) -> None:
    make_read_only(database)
    with database.read() as session:
        assert not session.execute(select(workspaces)).all()
    with pytest.raises(DBAPIError) as refusal:
        database.try_writing()
    assert database.is_away(refusal.value)


def test_a_time_without_a_zone_is_refused_and_any_zone_is_kept_as_the_same_instant(
    database: Database,
) -> None:
    tokyo = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    with database.write() as session:
        session.execute(insert(workspaces).values(enterprise_id="", team_id="T1", name="0", created_at=tokyo))
    with database.read() as session:
        kept = session.scalars(select(workspaces.c.created_at)).one()
    assert (kept, kept.tzinfo) == (NOW, UTC)
    naive = {"enterprise_id": "", "team_id": "T2", "name": "0", "created_at": NOW.replace(tzinfo=None)}
    with pytest.raises(StatementError, match="no time zone"), database.write() as session:
        session.execute(insert(workspaces).values(naive))
