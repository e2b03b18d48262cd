"""A company moves from SQLite to Postgres: all that it has is there, and new rows are numbered after it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from pprint import pformat

import pytest
from sqlalchemy import func, insert, select

from bot.copy import copy
from bot.settings import WHERE_TO_FIND, SettingsProblem
from models.database import Database
from models.errors import DatabaseNotReady
from models.migrations import downgrade
from models.tables import audit_entries, metadata, outbox_messages
from tests.databases import copy_of, empty_database_url
from tests.scenarios.mornings import MorningOf


def rows(database: Database) -> dict[str, list[tuple[str, ...]]]:
    """Return all rows as text; what is kept as JSON has its names in order."""
    with database.read() as session:
        return {
            table.name: sorted(tuple(map(pformat, row)) for row in session.execute(select(table)))
            for table in metadata.sorted_tables
        }


@pytest.fixture
def target(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """Set the environment to a Postgres that is empty."""
    url = empty_database_url("postgresql", tmp_path, request)
    for name in WHERE_TO_FIND:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", url)
    database = Database(url)
    yield database
    database.dispose()


def test_all_that_a_company_has_moves(
    morning_of: MorningOf, target: Database, request: pytest.FixtureRequest
) -> None:
    url = copy_of(morning_of("sqlite").database_url, request)
    file, source = Path(url.removeprefix("sqlite:///")), Database(url)
    before = rows(source)
    with source.read() as session:
        assert session.scalar(select(func.count()).where(outbox_messages.c.depends_on_id.is_not(None)))
    told = copy(file)
    assert told.startswith(f"Copied {sum(map(len, before.values())):,} rows of {len(before)} tables.")
    assert rows(target) == rows(source) == before
    with target.write() as session:
        last = session.execute(select(audit_entries).order_by(audit_entries.c.id.desc())).mappings().first()
        assert last is not None
        again = {name: value for name, value in last.items() if name != "id"}
        number = session.scalar(insert(audit_entries).returning(audit_entries.c.id), again)
    assert number == last["id"] + 1

    after = rows(target)
    with pytest.raises(SettingsProblem, match="has records already"):
        copy(file)
    assert rows(target) == after
    source.dispose()


def test_what_cannot_be_copied_changes_nothing(
    target: Database, new_sqlite_url: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsProblem, match="There is no file"):
        copy(tmp_path / "none.db")
    url = new_sqlite_url()
    old, file = Database(url), Path(url.removeprefix("sqlite:///"))
    downgrade(old, "0030")
    old.dispose()
    with pytest.raises(DatabaseNotReady, match="old database are not those of this version"):
        copy(file)
    assert not any(rows(target).values())
    file.write_text("no database")
    with pytest.raises(SettingsProblem, match="is no database of SQLite's"):
        copy(file)
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(SettingsProblem, match="is no Postgres"):
        copy(file)
