"""Why a running bot cannot ask its database, in words; what is wrong with a question is another thing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr
from slack_sdk import WebClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.checks import readiness_of
from bot.cli import REFUSED, main
from bot.database import explained, explanation_of
from bot.installation import Installation
from bot.settings import DatabaseSettings, Settings, SettingsProblem
from bot.wiring import build
from handlers.errors import words
from models.database import Database
from models.errors import DatabaseBusy, DatabaseMoved
from models.migrations import upgrade
from tests.bot.slack_side import SIGNING_SECRET, TOKEN
from tests.models.test_database import make_read_only

Explain = Callable[[Exception], str | None]


@contextmanager
def explaining(url: str) -> Iterator[tuple[Database, Explain]]:
    database = Database(url)
    try:
        yield database, explanation_of(DatabaseSettings(database_url=SecretStr(url)), database)
    finally:
        database.dispose()


def error_of(ask: Callable[[], object]) -> Exception:
    with pytest.raises(DBAPIError) as failure:
        ask()
    return failure.value


def test_a_server_that_is_not_there_is_named_with_what_to_do() -> None:
    with explaining("postgresql://u:pa55word@127.0.0.1:9/d") as (database, explain):
        assert explain(error_of(database.try_writing)) == (
            "Postgres, 127.0.0.1:9/d does not answer: nothing listens there → "
            "Start the server, or correct host and port in DATABASE_URL"
        )


def test_a_driver_without_sqlalchemy_around_it_is_understood_as_well(database_url: str) -> None:
    with explaining(database_url) as (database, explain):
        drivers = database.engine.dialect.loaded_dbapi
        told = explain(drivers.OperationalError("server closed the connection unexpectedly"))
        assert told is not None
        assert "has ended the connection" in told


def test_a_database_that_is_held_up_names_what_to_look_at(database_url: str) -> None:
    with explaining(database_url) as (database, explain):
        busy = DatabaseBusy("waited")
        if database.dialect != "sqlite":
            busy.__cause__ = database.engine.dialect.loaded_dbapi.errors.QueryCanceled()
        told = explain(busy)
        assert told is not None
        assert ("pg_stat_activity" if database.dialect != "sqlite" else "busy with other writers") in told


def test_a_file_whose_folder_is_gone_is_told_as_that() -> None:
    with explaining("sqlite:////no/such/folder/x.db") as (_, explain):
        told = explain(sqlite3.OperationalError("unable to open database file"))
        assert told == "the folder /no/such/folder does not exist → `mkdir -p /no/such/folder`"


def test_a_file_that_was_moved_away_takes_nothing_more_until_it_is_back(tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "drumbeat.db", tmp_path / "elsewhere.db"
    with explaining(f"sqlite:///{file}") as (database, explain):
        database.require_file()
        upgrade(database)
        readiness = readiness_of(database, Installation(WebClient(), ""), None)
        file.rename(elsewhere)
        with pytest.raises(DatabaseMoved) as moved, database.write():
            pytest.fail("what is written here would be lost")
        told = explain(moved.value)
        assert told is not None
        assert told.startswith(f"SQLite, {file} is gone or another file")
        assert "nothing was saved. Please tell whoever runs Drumbeat" in words(moved.value)
        assert "its file is gone" in str(readiness.look().findings["database"])
        file.touch()
        with pytest.raises(DatabaseMoved):
            database.require_file()
        elsewhere.rename(file)
        with database.write():
            database.require_file()


def test_a_database_that_only_answers_is_not_ready_and_is_told_at_the_start(database_url: str) -> None:
    settings = Settings(
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SIGNING_SECRET),
        slack_api_url="http://127.0.0.1:9/api/",
        database_url=SecretStr(database_url),
    )
    application = build(settings)
    make_read_only(application.database)
    try:
        with pytest.raises(SettingsProblem, match=r"cannot be written|may only be read"), explained(settings):
            application.prepare()
        found = readiness_of(application.database, application.installation, None).look().findings
        told = ("cannot be written → Give the file", "may only be read → Use the primary")
        assert str(found["database"]).startswith(told)
        assert found["schema"] is None
    finally:
        application.stop()


def test_nothing_starts_where_the_log_lies_without_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, log = tmp_path / "drumbeat.db", tmp_path / "drumbeat.db-wal"
    log.write_bytes(b"what was written last")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    assert main(["migrate"]) == REFUSED
    said = capsys.readouterr().err
    assert f"{file} is gone or empty, and drumbeat.db-wal beside it holds" in said
    assert "Put drumbeat.db back beside it" in said
    assert log.exists()
    assert not file.exists()


def test_a_question_that_is_wrong_is_no_outage(new_postgres_url: Callable[[], str]) -> None:
    with explaining(new_postgres_url()) as (database, explain), database.look() as session:
        assert explain(error_of(lambda: session.execute(text("SELECT * FROM nowhere")))) is None
        assert explain(KeyError("owner")) is None
