"""SQLite's file and its log: whoever moves one without the other loses nothing by it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.database import Database
from models.errors import DatabaseMoved
from models.migrations import upgrade
from tests.models.test_database import name_in, with_team


def used(file: Path) -> Database:
    """Return a database in whose log stands all that was ever written to it."""
    database = Database(f"sqlite:///{file}")
    upgrade(database)
    return with_team(database)


def teams(file: Path) -> int:
    with closing(sqlite3.connect(file)) as opened:
        return int(opened.execute("SELECT count(*) FROM workspaces").fetchone()[0])


def size(file: Path) -> int:
    return file.stat().st_size


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "drumbeat.db"


@pytest.fixture
def log(file: Path) -> Path:
    return file.with_name("drumbeat.db-wal")


@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_where_the_log_lies_alone_nobody_connects_until_its_file_is_back(
    file: Path, log: Path, left: str
) -> None:
    first = used(file)
    moved = file.rename(file.with_name("elsewhere.db"))
    first.dispose()
    if left == "an empty file":
        file.touch()
    second = Database(f"sqlite:///{file}")
    with pytest.raises(DatabaseMoved), second.engine.connect():
        pytest.fail("it would be made anew")
    assert size(log)
    moved.rename(file)
    with second.read() as session:
        assert name_in(session) == "0"
    second.dispose()


def test_an_open_database_makes_no_new_file_in_place_of_one_that_was_moved(file: Path, log: Path) -> None:
    database = used(file)
    file.rename(file.with_name("elsewhere.db"))
    with database.engine.connect(), pytest.raises(DatabaseMoved), database.engine.connect():
        pytest.fail("it would be made anew")
    assert not file.exists()
    assert size(log)
    database.dispose()


def test_beside_another_file_nothing_is_left_that_would_be_taken_for_its_own(file: Path, log: Path) -> None:
    database = used(file)
    moved = file.rename(file.with_name("elsewhere.db"))
    file.write_bytes(moved.read_bytes())
    database.dispose()
    assert size(log) == 0
    assert teams(moved) == 1


def test_what_the_log_holds_is_brought_into_the_file(file: Path, tmp_path: Path) -> None:
    database = used(file)
    database.settle_log()
    copy = tmp_path / "copy.db"
    copy.write_bytes(file.read_bytes())
    assert teams(copy) == 1
    database.dispose()


def test_trying_to_write_reaches_the_disk_and_takes_no_room_for_long(file: Path, log: Path) -> None:
    database = used(file)
    before, unchanged = size(log), size(file)
    database.try_writing()
    assert size(log) > before
    for _ in range(20):
        database.settle_log()
        database.try_writing()
    assert size(log) < before + 20 * 4096
    assert size(file) < unchanged + before
    database.dispose()
