"""A backup: whole, for its owner's eyes, and never in the way of one that is there."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from bot.backup import backup
from bot.cli import REFUSED, main
from bot.settings import WHERE_TO_FIND, SettingsProblem
from models.database import Database
from models.migrations import REVISIONS, is_current

NOW = datetime(2026, 11, 30, 2, 30, 5, tzinfo=UTC)


@pytest.fixture
def running(new_sqlite_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set the environment to a migrated database, and return its file."""
    for name in WHERE_TO_FIND:
        monkeypatch.delenv(name, raising=False)
    url = new_sqlite_url()
    monkeypatch.setenv("DATABASE_URL", url)
    return Path(url.removeprefix("sqlite:///"))


def make_workspace(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO workspaces (id, enterprise_id, team_id, name, created_at) "
        "VALUES ('00000000000000000000000000000001', '', 'T1', 'North', '2026-11-30 00:00:00')"
    )
    connection.commit()


def names_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        return [name for (name,) in opened.execute("SELECT name FROM workspaces")]


def test_it_has_what_stands_in_the_log_beside_the_file_alone(running: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    with closing(sqlite3.connect(running)) as bot:
        bot.execute("PRAGMA journal_mode = WAL")
        make_workspace(bot)
        told = backup(str(copy), force=False, now=NOW)
    assert names_in(copy) == ["North"]
    size = copy.stat().st_size
    assert told == (
        f"Wrote {copy}: {size:,} bytes, {size // 4096:,} pages, checked; "
        f"its tables are of revision {REVISIONS[-1]}."
    )
    assert copy.stat().st_mode & 0o777 == 0o600
    restored = Database(f"sqlite:///{copy}")
    assert is_current(restored)
    restored.dispose()


def test_a_folder_takes_one_after_the_other(running: Path, tmp_path: Path) -> None:
    assert running.is_file()
    folder = tmp_path / "backups"
    folder.mkdir()
    for second in (5, 6):
        backup(str(folder), force=False, now=NOW.replace(second=second))
    names = sorted(each.name for each in folder.iterdir())
    assert names == ["drumbeat-2026-11-30T023005Z.db", "drumbeat-2026-11-30T023006Z.db"]


def test_one_that_is_there_stays_unless_told_otherwise(running: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    copy.write_text("dear")
    with pytest.raises(SettingsProblem, match="is there already") as refused:
        backup(str(copy), force=False, now=NOW)
    assert "--force" in str(refused.value)
    assert copy.read_text() == "dear"
    backup(str(copy), force=True, now=NOW)
    assert names_in(copy) == []
    with pytest.raises(SettingsProblem, match="is the database itself"):
        backup(str(running), force=True, now=NOW)


def test_what_cannot_be_copied_leaves_nothing_behind(
    running: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backups"
    target.mkdir()
    with pytest.raises(SettingsProblem, match="cannot be written: No such file"):
        backup(str(target / "none" / "backup.db"), force=False, now=NOW)
    with running.open("r+b") as file:
        file.seek(0)
        file.write(b"no database at all")
    with pytest.raises(SettingsProblem, match="SQLite says: file is not a database"):
        backup(str(target), force=False, now=NOW)
    running.unlink()
    with pytest.raises(SettingsProblem, match="there is no database"):
        backup(str(target), force=False, now=NOW)
    assert not running.exists()
    log = running.with_name(f"{running.name}-wal")
    log.write_bytes(b"what was written last")
    with pytest.raises(SettingsProblem, match=f"{log.name} beside it .* last.\n *Put {running.name} back"):
        backup(str(target), force=False, now=NOW)
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://jo:pa55word@db:5433/north?sslmode=require&password=pa55word"
    )
    with pytest.raises(SettingsProblem) as refused:
        backup("a file.dump", force=False, now=NOW)
    assert (
        "pg_dump --format custom --file 'a file.dump' "
        "--dbname 'postgresql://jo@db:5433/north?sslmode=require'\n" in str(refused.value)
    )
    assert list(target.iterdir()) == []


def test_the_output_takes_it_too_and_the_words_go_elsewhere(
    running: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with closing(sqlite3.connect(running)) as bot:
        make_workspace(bot)
    assert main(["backup", "-"]) == 0
    written = capfdbinary.readouterr()
    copy = tmp_path / "backup.db"
    copy.write_bytes(written.out)
    assert names_in(copy) == ["North"]
    assert written.err.startswith(f"Wrote {copy.stat().st_size:,} bytes".encode())


class Terminal(StringIO):
    """An output that people look at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_terminal_is_spared(running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert running.is_file()
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert main(["backup", "-"]) == REFUSED
