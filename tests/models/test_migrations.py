"""The schema's history: it leads to what the tables say, back again, and travels in the wheel."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Date, String, column, func, insert, inspect, select, table, update

from models.database import Database
from models.migrations import REVISIONS, downgrade, is_current, titles, upgrade
from models.rules.delivery import UNSETTLED, MessageState
from models.services.surveys.contact_rows import contacts_of
from models.tables import (
    client_contacts,
    clients,
    metadata,
    outbox_messages,
    people,
    projects,
    risks,
    survey_opt_outs,
    workspaces,
)
from tests.databases import DIALECTS, copy_of, empty_database_url
from tests.scenarios.studio import Morning

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 10, 14, 12, tzinfo=UTC)


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
        assert compare_metadata(context, metadata) == []


def test_the_program_knows_each_revision_that_is_written() -> None:
    assert tuple(titles()) == REVISIONS


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


def test_a_company_keeps_what_it_has_through_each_migration_down_and_up_again(
    morning: Morning, request: pytest.FixtureRequest
) -> None:
    database = Database(copy_of(morning.database_url, request))
    kept = [workspaces, people, clients, projects, risks]

    def there() -> list[int]:
        with database.read() as session:
            return [session.execute(select(func.count()).select_from(each)).scalar_one() for each in kept]

    before = there()
    assert all(before)
    for revision in ("0033", "0030", "0020", "0008", "0003", "head"):
        downgrade(database, revision) if revision != "head" else upgrade(database)
        assert there() == before
    database.dispose()


def test_what_was_settled_without_a_time_stays_settled(
    morning: Morning, request: pytest.FixtureRequest
) -> None:
    database = Database(copy_of(morning.database_url, request))
    is_unsettled = outbox_messages.c.state.in_(sorted(UNSETTLED))
    downgrade(database, "0033")
    with database.write() as session:
        session.execute(update(outbox_messages).values(settled_at=None))
        session.execute(update(outbox_messages).where(is_unsettled).values(settled_at=NOON))
        session.execute(
            update(outbox_messages).where(outbox_messages.c.id == 1).values(state=MessageState.PENDING)
        )
    upgrade(database)
    with database.read() as session:
        rows = session.execute(select(is_unsettled, outbox_messages.c.settled_at.is_(None))).all()
    assert {tuple(row) for row in rows} == {(True, True), (False, False)}
    database.dispose()


def test_who_has_opted_out_stays_so_through_the_migration_to_hashes_and_back(empty: Database) -> None:
    upgrade(empty, "0022")
    at, on = datetime(2026, 10, 14, tzinfo=UTC), date(2026, 10, 1)
    workspace, client, dana, robin = (UUID(int=n) for n in range(1, 5))
    ids = {name: UUID(int=10 + n) for n, name in enumerate(("by slack", "by mail", "by neither", "stays"))}
    person = {"workspace_id": workspace, "team_id": "T1", "timezone": "UTC", "checked_at": at}
    person |= dict.fromkeys(("is_guest", "is_bot", "is_deleted", "is_workspace_admin"), False)
    with empty.write() as session:
        made = {"id": workspace, "enterprise_id": "", "team_id": "T1", "name": "N", "created_at": at}
        session.execute(insert(workspaces), made)
        named = [(dana, "Dana", "U_DANA"), (robin, "Robin", "U_ROBIN")]
        rows = [person | {"id": each, "name": name, "slack_user_id": slack} for each, name, slack in named]
        session.execute(insert(people), rows)
        session.execute(
            insert(clients),
            {"id": client, "workspace_id": workspace, "name": "Acme", "created_at": at},
        )
        whole = {"workspace_id": workspace, "client_id": client, "added_by_id": dana, "version": 1}
        whole |= {"added_at": at, "updated_at": at} | dict.fromkeys(("role", "evidence", "country"), "")
        for name, contact_id in ids.items():
            more = {
                "person_id": robin if name == "by slack" else None,
                "email": "m@acme.example" if name == "by mail" else "",
            }
            session.execute(insert(client_contacts), whole | more | {"id": contact_id, "name": name})
        old = table("client_contacts", column("name", String()), column("opted_out_on", Date()))
        session.execute(update(old).where(old.c.name != "stays"), {"opted_out_on": on})

    upgrade(empty)
    with empty.read() as session:
        found = {each.name: each.opted_out_on for each in contacts_of(session, workspace, client)}
        kept = session.execute(select(survey_opt_outs.c.digest)).scalars().all()
    assert found == {"by slack": on, "by mail": on, "by neither": on, "stays": None}
    assert (len(kept), {len(digest) for digest in kept}) == (5, {64})

    downgrade(empty, "0022")
    with empty.read() as session:
        assert {row.name: row.opted_out_on for row in session.execute(select(old))} == found


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
