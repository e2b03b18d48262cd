"""The schema moved by a command, and the same refusal everywhere of one that a newer version made."""

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import logs
from bot.checks import readiness_of
from bot.cli import main
from bot.migrate import NOTHING
from bot.settings import WHERE_TO_FIND, LogFormat, LogLevel, Settings
from bot.upgrading import bring_up_to_date
from bot.wiring import build
from models.database import Database
from models.errors import DatabaseNotReady
from models.migrations import REVISIONS, downgrade, is_current, revision_of, upgrade
from tests.bot.slack_side import SIGNING_SECRET, TOKEN
from tests.databases import empty_database_url

TOO_NEW = "a newer version of Drumbeat made the tables.\n      Install that version again"


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Return a migrated database, which DATABASE_URL names."""
    for name in WHERE_TO_FIND:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", database_url)
    database = Database(database_url)
    yield database
    database.dispose()


def test_it_says_from_where_to_where(database: Database, capfd: pytest.CaptureFixture[str]) -> None:
    downgrade(database, "-1")
    assert main(["migrate"]) == main(["migrate"]) == 0
    moved, still = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert (moved["event"], moved["before"], moved["now"]) == ("migrated", REVISIONS[-2], REVISIONS[-1])
    assert (still["event"], still["now"]) == ("nothing_to_migrate", REVISIONS[-1])


def test_a_second_one_waits_and_finds_nothing_to_do(
    postgres_address: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    assert postgres_address
    url = empty_database_url("postgresql", tmp_path, request)
    first, second = Database(url), Database(url)
    with ThreadPoolExecutor() as threads:
        moves = threads.map(upgrade, (first, second))
        assert {each or "" for each in moves} == {"", REVISIONS[-1]}
    first.dispose()
    second.dispose()


def test_going_back_asks_first_and_never_under_a_running_bot(
    database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["migrate", "--to", "0030"]) == 2
    assert is_current(database)
    said = capfd.readouterr().err
    assert "  0031  Delivery health checks are a ritual" in said
    assert "  0030  " not in said
    assert "--yes" in said
    database.try_writing()
    assert main(["migrate", "--to", NOTHING, "--yes"]) == 2
    assert "Stop every `drumbeat serve`" in capfd.readouterr().err
    database.dispose()
    assert main(["migrate", "--to", "0030", "--yes"]) == 0
    assert revision_of(database) == "0030"
    database.dispose()
    assert main(["migrate", "--to", "0031"]) == main(["migrate", "--to", NOTHING, "--yes"]) == 0
    assert revision_of(database) is None


@pytest.mark.parametrize("target", ["nothing_such", "-1", "0099"])
def test_a_revision_that_is_not_there_is_refused_with_those_that_are(
    target: str, database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["migrate", "--to", target]) == 2
    said = capfd.readouterr().err
    assert f"There is no revision {target}: the tables are at {REVISIONS[-1]}." in said
    assert f"{REVISIONS[-1]}, {REVISIONS[-2]}" in said
    assert is_current(database)


def test_all_revisions_are_listed_with_the_place_of_the_database(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    downgrade(database, "-1")
    assert main(["migrate", "--list"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [*reversed(REVISIONS), NOTHING]
    assert [line.split()[0] for line in lines if line.endswith("← the database is here")] == [REVISIONS[-2]]
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert main(["migrate", "--list"]) == 0
    newest = capfd.readouterr().out.splitlines()[0]
    assert newest == "9999  A newer version of Drumbeat made the tables.  ← the database is here"
    monkeypatch.setenv("DATABASE_URL", "postgresql://u@h:x/d")
    assert main(["migrate", "--list"]) == 2
    assert "DATABASE_URL cannot be read" in capfd.readouterr().err
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    assert main(["migrate", "--list"]) == 0
    assert capfd.readouterr().out.splitlines()[-1].endswith("← the database is here")
    assert not (tmp_path / "none.db").exists()


def test_a_start_says_what_it_did_to_sqlites_tables_and_leaves_a_copy(
    new_sqlite_url: Callable[[], str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "drumbeat.db"
    shutil.copyfile(new_sqlite_url().removeprefix("sqlite:///"), file)
    database = Database(f"sqlite:///{file}")
    downgrade(database, "0033")
    logs.configure(LogLevel.INFO, LogFormat.JSON)
    copy = Path(f"{file}.0033")
    for _ in range(2):
        bring_up_to_date(database)
        said = json.loads(capfd.readouterr().err)
        assert (said["event"], said["before"], said["now"]) == ("migrated", "0033", REVISIONS[-1])
        assert (said["database"], said["copy"]) == (f"SQLite, {file}", str(copy))
        copied = Database(f"sqlite:///{copy}")
        assert (revision_of(copied), copy.stat().st_mode & 0o777) == ("0033", 0o600)
        copied.dispose()
        downgrade(database, "0033")
    copy.unlink()
    copy.mkdir()
    bring_up_to_date(database)
    warned, said = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert (warned["event"], said["event"], said["copy"]) == ("not_copied_before_migrating", "migrated", None)
    database.dispose()


def test_it_leaves_a_copy_of_sqlites_file_where_it_changes_something(
    new_sqlite_url: Callable[[], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name in WHERE_TO_FIND:
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "drumbeat.db"
    shutil.copyfile(new_sqlite_url().removeprefix("sqlite:///"), file)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    database = Database(f"sqlite:///{file}")
    downgrade(database, "0033")
    database.dispose()
    assert main(["migrate", "--to", "0034"]) == main(["migrate", "--to", "0034"]) == 0
    moved, still = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    copy = Path(f"{file}.0033")
    assert (moved["copy"], "copy" in still) == (str(copy), False)
    copied = Database(f"sqlite:///{copy}")
    assert revision_of(copied) == "0033"
    copied.dispose()


def test_tables_of_a_newer_version_are_left_alone_and_it_is_wanted_back(
    database: Database, database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SIGNING_SECRET),
        slack_api_url="http://127.0.0.1:9/api/",
        database_url=SecretStr(database_url),
    )
    application = build(settings)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(DatabaseNotReady, match=TOO_NEW):
            application.prepare()
        found = readiness_of(database, application.installation, None).look().findings
        assert "install that version again" in str(found["schema"])
    finally:
        application.stop()
    for arguments in ([], ["--to", NOTHING]):
        assert main(["migrate", *arguments]) == 2
        said = capfd.readouterr().err
        assert TOO_NEW in said
        assert "Traceback" not in said
