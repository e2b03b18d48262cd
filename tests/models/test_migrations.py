"""The schema's history: it leads to what the tables say, back again, and travels in the wheel."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from models.database import Database
from models.migrations import REVISIONS, downgrade, is_current, upgrade
from models.migrations.moves import written_revisions
from models.tables import Base
from tests.databases import DIALECTS, empty_database_url

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=DIALECTS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Return a database without any table."""
    database = Database(empty_database_url(request.param, tmp_path, request))
    yield database
    database.dispose()


def test_migrating_leads_to_exactly_what_the_tables_say(empty: Database) -> None:
    upgrade(empty)
    with empty.read() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_program_knows_each_revision_that_is_written() -> None:
    assert written_revisions() == REVISIONS


def test_migrating_up_down_and_up_again_leaves_nothing_behind(empty: Database) -> None:
    assert not is_current(empty)
    upgrade(empty)
    assert is_current(empty)
    upgrade(empty)
    downgrade(empty)
    assert not is_current(empty)
    assert inspect(empty.engine).get_table_names() == ["alembic_version"]
    upgrade(empty)
    assert is_current(empty)


def test_the_wheel_can_migrate_by_itself(tmp_path: Path) -> None:
    built = tmp_path / "built"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built], cwd=ROOT, check=True
    )
    (wheel,) = built.iterdir()
    unpacked = tmp_path / "unpacked"
    ZipFile(wheel).extractall(unpacked)
    program = (
        "import sys; sys.path.insert(0, '.'); import models; from models.database import Database;"
        " from models.migrations import is_current, upgrade; database = Database('sqlite:///new.db');"
        " upgrade(database); print(models.__file__, is_current(database))"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd=unpacked, check=True, capture_output=True, text=True
    )
    where, current = run.stdout.split()
    assert Path(where).is_relative_to(unpacked)
    assert current == "True"
