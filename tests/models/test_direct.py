"""Statements that go straight to the driver: as whole, as typed and as safe as SQLAlchemy's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import bindparam, column, func, insert, select, table, text, update
from sqlalchemy.orm import Session

from models.compiled import Pair, Statement
from models.database import Database
from models.direct import Look, Untouched, Write
from models.errors import DatabaseBusy
from models.rules.delivery import MessageState, NoticeKind, Operation
from models.services.statements import binds
from models.tables import lanes, outbox_messages, workspaces
from models.value import replace
from tests.models.world import NOW, statements_of

ADD = Statement(
    lambda _: (
        insert(workspaces)
        .values(binds(workspaces, only=["id", "enterprise_id", "team_id", "name", "created_at"]))
        .returning(workspaces.c.id)
    )
)
RENAME = Statement(
    lambda _: (
        update(workspaces)
        .values(name=bindparam("new"))
        .where(workspaces.c.team_id == bindparam("team"))
        .returning(workspaces.c.name)
    )
)
FIND = Statement(lambda _: select(workspaces).where(workspaces.c.team_id == bindparam("team")))


FULL = 2
"""What SQLite calls waiting for the disk at each commit."""


def team(name: str) -> dict[str, Any]:
    return {"id": uuid4(), "enterprise_id": "", "team_id": name, "name": name, "created_at": NOW}


def add(name: str) -> Write:
    return Write(f"add_{name.lower()}", ADD, team(name))


def rename(old: str, new: str) -> Write:
    return Write(f"rename_{old.lower()}", RENAME, {"team": old, "new": new})


def teams(database: Database) -> dict[str, str]:
    with database.read() as session:
        return {row.team_id: row.name for row in session.execute(select(workspaces))}


@pytest.fixture
def told(database: Database) -> list[str]:
    found: list[str] = []
    database.on_work = lambda: found.append("work")
    return found


def test_a_look_gives_every_value_in_its_own_type(database: Database) -> None:
    returned = database.write_directly([add("T1")], leaves_work=False)
    (row,) = database.look_directly(FIND, {"team": "T1"})
    assert (row.id, row.team_id, row.created_at) == (returned["add_t1"], "T1", NOW)
    assert isinstance(row.id, UUID)
    assert row.created_at.tzinfo is not None
    assert database.look_directly(FIND, {"team": "T2"}) == []


def test_two_looks_at_once_give_the_rows_of_each_once(database: Database) -> None:
    database.write_directly([add("T1"), add("T2"), add("T3")], leaves_work=False)
    named = Statement(lambda _: select(workspaces.c.id, workspaces.c.name).where(workspaces.c.name != "T1"))
    from_name = Statement(
        lambda _: select(workspaces.c.team_id.label("id")).where(workspaces.c.name >= bindparam("team"))
    )
    first, second = database.look_twice_directly(Pair(named, from_name), {"team": "T1"})
    assert {(type(row.id), row.name) for row in first} == {(UUID, "T2"), (UUID, "T3")}
    assert (len(first), sorted(row.id for row in second)) == (2, ["T1", "T2", "T3"])
    assert database.look_twice_directly(Pair(named, FIND), {"team": "T9"})[1] == []
    assert len(database.look_twice_directly(Pair(named, FIND), {"team": "T9"})[0]) == 2
    assert database.look_twice_directly(Pair(FIND, named), {"team": "T9"}) == ([], [])


def test_what_is_written_reads_the_same_as_by_sqlalchemy(database: Database) -> None:
    database.write_directly([add("T1")], leaves_work=False)
    with database.write() as session:
        workspace_id, lane_id = session.scalars(select(workspaces.c.id)).one(), uuid4()
        lane = {"id": lane_id, "workspace_id": workspace_id, "channel_id": "C1", "next_send_at": NOW}
        session.execute(insert(lanes).values(lane))
    given = {
        "workspace_id": workspace_id,
        "lane_id": lane_id,
        "kind": NoticeKind.RISK_ANNOUNCED,
        "operation": Operation.POST,
        "ids": {"risk_id": "ü", "version": 1},
        "unique_key": "k",
        "recipient_id": None,
        "correlation_id": "c",
        "state": MessageState.PENDING,
        "created_at": NOW,
        "due_at": NOW,
        "expires_at": NOW,
        "attempts": 0,
    }
    say = Statement(
        lambda _: (
            insert(outbox_messages)
            .values(binds(outbox_messages, only=given))
            .returning(outbox_messages.c.unique_key)
        )
    )
    assert database.write_directly([Write("say", say, given)], leaves_work=False) == {"say": "k"}
    with database.read() as session:
        message = session.execute(select(outbox_messages)).one()
        assert {name: getattr(message, name) for name in given} == given


def test_several_writes_are_one_transaction_and_each_returns_its_value(
    database: Database, told: list[str]
) -> None:
    first, second = add("T1"), add("T2")
    returned = database.write_directly([first, second], leaves_work=True)
    assert returned == {"add_t1": first.values["id"], "add_t2": second.values["id"]}
    assert teams(database) == {"T1": "T1", "T2": "T2"}
    assert told == ["work"]


def test_postgres_hears_of_them_in_one_statement(new_postgres_url: Callable[[], str]) -> None:
    database = Database(new_postgres_url())
    with statements_of(database) as statements:
        database.write_directly([add("T1"), add("T2")], leaves_work=False)
    database.dispose()
    assert len(statements) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_may_be_lost_does_not_leave_the_connection_careless(database: Database) -> None:
    database.write_directly([add("T1")], leaves_work=False, may_be_lost=True)
    with pytest.raises(Untouched):
        database.write_directly([rename("T9", "gone")], leaves_work=False, may_be_lost=True)
    with database.read() as session:
        assert session.scalar(text("PRAGMA synchronous")) == FULL
    assert teams(database) == {"T1": "T1"}


def test_one_that_may_miss_returns_nothing_and_leaves_the_others_be(database: Database) -> None:
    gone = replace(rename("T9", "gone"), may_miss=True)
    given = add("T1")
    returned = database.write_directly([given, gone], leaves_work=False)
    assert returned == {"add_t1": given.values["id"], "rename_t9": None}
    assert teams(database) == {"T1": "T1"}


NAMESAKE = Statement(
    lambda _: select(workspaces).where(
        workspaces.c.name == bindparam("renamed"), workspaces.c.team_id != bindparam("but")
    )
)


def test_a_look_that_follows_asks_about_what_was_written(database: Database) -> None:
    renamed = Write("renamed", RENAME, {"team": "T1", "new": "T2"}, may_miss=True)
    then = Look("namesakes", NAMESAKE, "renamed", {"but": "T1"})
    missed = database.write_directly([add("T2"), renamed], leaves_work=False, then=then)
    assert missed["renamed"] is None
    assert "namesakes" not in missed, "there is nothing to ask about"
    database.write_directly([add("T1")], leaves_work=False)
    returned = database.write_directly([renamed], leaves_work=False, then=then)
    (row,) = returned["namesakes"].read()
    assert (row.team_id, row.created_at) == ("T2", NOW)


def test_where_one_touches_nothing_nothing_is_kept_and_it_is_named(
    database: Database, told: list[str]
) -> None:
    with pytest.raises(Untouched) as untouched:
        database.write_directly([add("T1"), rename("T9", "gone"), add("T2")], leaves_work=True)
    assert untouched.value.name == "rename_t9"
    assert teams(database) == {}
    assert told == []


def test_after_a_failure_nothing_is_kept_and_the_next_goes_well(database: Database, told: list[str]) -> None:
    database.write_directly([add("T1")], leaves_work=False)
    with pytest.raises(Exception, match=r"(?i)unique"):
        database.write_directly([rename("T1", "other"), add("T1")], leaves_work=True)
    assert teams(database) == {"T1": "T1"}
    assert told == []
    database.write_directly([rename("T1", "new")], leaves_work=False)
    assert teams(database) == {"T1": "new"}


def test_a_session_finds_its_connection_as_it_should_be_after_a_look(
    new_postgres_url: Callable[[], str],
) -> None:
    """A look on Postgres needs no transaction; whoever gets the pool's connection next still has one."""
    database = Database(new_postgres_url(), pool_size=1, overflow=0, at_hand=0)
    database.look_directly(FIND, {"team": "T1"})

    def fail() -> None:
        with database.write() as session:
            session.execute(insert(workspaces), team("T1"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert teams(database) == {}
    database.dispose()


def test_a_writer_that_waits_too_long_for_another_process_is_told(tmp_path: Path) -> None:
    ours = Database(f"sqlite:///{tmp_path / 'x.db'}", wait_seconds=0.05)
    theirs = Database(f"sqlite:///{tmp_path / 'x.db'}")
    with ours.write() as session:
        workspaces.create(session.connection())
    with theirs.write() as session:
        session.execute(insert(workspaces), team("T2"))
        with pytest.raises(DatabaseBusy):
            ours.write_directly([add("T1")], leaves_work=False)
    ours.write_directly([add("T1")], leaves_work=False)
    assert sorted(teams(ours)) == ["T1", "T2"]
    ours.dispose()
    theirs.dispose()


def end_other_connections(session: Session) -> None:
    activity = table("pg_stat_activity", column("pid"), column("datname"))
    others = select(func.pg_terminate_backend(activity.c.pid)).where(
        activity.c.datname == func.current_database(), activity.c.pid != func.pg_backend_pid()
    )
    session.execute(others)


@pytest.fixture
def severed(new_postgres_url: Callable[[], str]) -> Iterator[Database]:
    """Return a database whose connections, in the pool and at hand, the server has closed."""
    url = new_postgres_url()
    database, other = Database(url, rested_seconds=0, at_hand=1), Database(url)
    database.look_directly(FIND, {"team": "T1"})
    database.try_writing()
    with other.read() as session:
        end_other_connections(session)
    other.dispose()
    yield database
    database.dispose()


def test_a_rested_connection_that_died_is_replaced_unnoticed(severed: Database) -> None:
    severed.write_directly([add("T1")], leaves_work=False)
    assert teams(severed) == {"T1": "T1"}


def test_a_rested_connection_that_died_is_replaced_for_a_session_too(severed: Database) -> None:
    with severed.write() as session:
        assert session.scalar(text("SELECT 1")) == 1
