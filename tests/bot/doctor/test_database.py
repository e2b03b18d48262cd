"""Databases in every bad state: each gives a line with its remedy, and no trace."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import inspect, make_url

from bot.cli import REFUSED, main
from bot.doctor.database_troubles import troubled
from bot.doctor.findings import Subject
from models.database import Database
from models.migrations import downgrade
from tests.bot.doctor.patient import Diagnose, lines
from tests.databases import empty_database_url


def test_sqlite_without_a_file(diagnose: Diagnose, tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    report = diagnose(DATABASE_URL=f"sqlite:///{file}")
    assert lines(report, "database") == [f"warning: {file} is not there yet"]
    assert not file.exists()


def test_sqlite_whose_log_lies_alone(diagnose: Diagnose, tmp_path: Path) -> None:
    file, log = tmp_path / "new.db", tmp_path / "new.db-wal"
    log.write_bytes(b"what was written last")
    [line] = lines(diagnose(DATABASE_URL=f"sqlite:///{file}"), "database")
    assert (
        line
        == f"problem: {file} is gone or empty, and new.db-wal beside it holds what was written to it last"
    )
    assert log.exists()


def test_a_file_of_another_program_is_judged_as_at_the_start(
    diagnose: Diagnose, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.db"
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("CREATE TABLE notes (words TEXT)")
    report = diagnose(DATABASE_URL=f"sqlite:///{file}")
    told = "the file holds another program's tables, and none of Drumbeat's"
    assert lines(report, "schema") == [f"problem: {told}"]
    assert main(["migrate"]) == REFUSED
    said = capsys.readouterr().err
    assert told in said
    assert report["schema"][0]["mend"] in said
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("SELECT name FROM sqlite_schema").fetchall() == [("notes",)]
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("delete",), "it is as its program left it"


def test_what_no_trouble_is_known_by_is_looked_at_with_the_databases_own_tool() -> None:
    broken = sqlite3.connect(":memory:")
    with closing(broken), pytest.raises(sqlite3.OperationalError) as failure:
        broken.execute("SELECT nothing")
    assert "`sqlite3`" in troubled(Subject.DATABASE, "SQLite", failure.value).mend
    assert "`psql`" in troubled(Subject.DATABASE, "Postgres", psycopg.OperationalError()).mend


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("sqlite:///", "problem: DATABASE_URL names no file"),
        ("sqlite:///:memory:", "problem: DATABASE_URL names no file"),
        ("sqlite:////no/such/folder/x.db", "problem: the folder /no/such/folder does not exist"),
    ],
)
def test_sqlite_in_a_wrong_place(diagnose: Diagnose, address: str, found: str) -> None:
    assert lines(diagnose(DATABASE_URL=address), "database")[0].startswith(found)


def test_sqlite_that_somebody_holds_locked(diagnose: Diagnose, new_sqlite_url: Callable[[], str]) -> None:
    url = new_sqlite_url()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        report = diagnose(DATABASE_URL=url)
    [line] = lines(report, "database")
    assert line.startswith("problem: SQLite, ")
    assert line.endswith("is held locked by another program")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("mode=ro", "cannot be written"),
        ("vfs=unix-dotfile", "is in the mode 'delete' instead of WAL, so readers hold up writers"),
    ],
)
def test_sqlite_on_a_disk_that_will_not_do(
    diagnose: Diagnose, new_sqlite_url: Callable[[], str], query: str, found: str
) -> None:
    file = new_sqlite_url().removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as other:
        other.execute(f"PRAGMA journal_mode = {'DELETE' if 'vfs' in query else 'WAL'}")
        other.execute("SELECT count(*) FROM risks").fetchone()
        report = diagnose(DATABASE_URL=f"sqlite:///file:{file}?{query}&uri=true")
    assert lines(report, "database")[0].endswith(found), report["database"]


def test_a_file_that_is_no_database(diagnose: Diagnose, tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear Dana, " * 1000)
    [line] = lines(diagnose(DATABASE_URL=f"sqlite:///{file}"), "database")
    assert line.endswith("is no SQLite database")


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_tables_that_are_not_there_yet(
    diagnose: Diagnose, dialect: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = empty_database_url(dialect, tmp_path, request)
    if dialect == "sqlite":
        Path(url.removeprefix("sqlite:///")).touch()
    report = diagnose(DATABASE_URL=url)
    severity = "warning" if dialect == "sqlite" else "problem"
    assert lines(report, "schema")[0].startswith(f"{severity}: the tables are not there yet")
    assert ("migrate" in report["schema"][0]["mend"]) == (dialect == "postgresql")


def test_tables_of_another_version(diagnose: Diagnose, database_url: str) -> None:
    opened = Database(database_url)
    with opened.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from_the_future'")
    opened.dispose()
    assert lines(diagnose(DATABASE_URL=database_url), "schema") == [
        "problem: a newer version of Drumbeat made the tables"
    ]


def test_tables_of_an_older_version(diagnose: Diagnose, database_url: str) -> None:
    opened = Database(database_url)
    downgrade(opened, "-1")
    opened.dispose()
    [line] = lines(diagnose(DATABASE_URL=database_url), "schema")
    assert "the tables are those of an older version" in line or "not there yet" in line


def test_postgres_that_is_not_there(diagnose: Diagnose, postgres_address: str) -> None:
    closed = diagnose(DATABASE_URL="postgresql://u:pa55word@127.0.0.1:9/d")
    assert lines(closed, "database") == [
        "problem: Postgres, 127.0.0.1:9/d does not answer: nothing listens there"
    ]
    unknown = diagnose(DATABASE_URL=postgres_address.replace("/postgres", "/nowhere"))
    assert lines(unknown, "database")[0].endswith("/nowhere does not know that database or user")


def test_postgres_that_may_only_be_read(diagnose: Diagnose, new_postgres_url: Callable[[], str]) -> None:
    url = new_postgres_url()
    with psycopg.connect(url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    [line] = lines(diagnose(DATABASE_URL=url), "database")
    assert line.startswith("problem: Postgres, ")
    assert line.endswith("may only be read")


def test_postgres_with_a_user_that_may_only_look(
    diagnose: Diagnose, new_postgres_url: Callable[[], str]
) -> None:
    url, reader = new_postgres_url(), f"reader_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {reader} LOGIN")
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}")
    address = make_url(url).set(username=reader).render_as_string(hide_password=False)
    [line] = lines(diagnose(DATABASE_URL=address), "database")
    assert line.endswith("may only be read")


def test_looking_leaves_no_trace(diagnose: Diagnose, database_url: str, database: Database) -> None:
    before = set(inspect(database.engine).get_table_names())
    diagnose(DATABASE_URL=database_url)
    assert set(inspect(database.engine).get_table_names()) == before


def test_postgres_that_somebody_holds_locked(diagnose: Diagnose, new_postgres_url: Callable[[], str]) -> None:
    url = new_postgres_url()
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE risks IN ACCESS EXCLUSIVE MODE")
        pid = other.info.backend_pid
        report = diagnose(DATABASE_URL=url)
    [line] = lines(report, "database")
    assert line.endswith(f"is held up by the server's processes {pid}")
