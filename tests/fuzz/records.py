"""What must hold of the database after a story: nothing half done, nothing of anybody else's touched."""

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Table, delete, func, insert, select

from models.database import Database
from models.tables import audit_entries, handled_deliveries, metadata, outbox_messages, workspaces
from tests.fuzz.company import OTHER_TEAM

Rows = list[tuple[Table, list[dict[str, Any]]]]
_VERSIONED = (
    *("risks", "raid_items", "action_items", "projects", "mood_readings", "milestones", "success_measures"),
    *("client_contacts", "survey_invitations", "survey_answers"),
    "retrospectives",
)
"""Records whose every change has an entry of the audit trail with the version that it made."""


def all_rows(database: Database) -> Rows:
    """Return everything, table by table, so that what others refer to comes first."""
    with database.read() as session:
        return [
            (
                table,
                [dict(row._mapping) for row in session.execute(select(table).order_by(*table.primary_key))],
            )
            for table in metadata.sorted_tables
        ]


def restore(database: Database, rows: Rows) -> None:
    """Put everything back as it was."""
    with database.write() as session:
        for table, _ in reversed(rows):
            session.execute(delete(table))
        for table, present in rows:
            if present:
                session.execute(insert(table), present)


def strangers_rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that belongs to the other workspace."""
    found = {}
    with database.read() as session:
        other = session.scalars(select(workspaces.c.id).where(workspaces.c.team_id == OTHER_TEAM)).one()
        for table in metadata.sorted_tables:
            if "workspace_id" in table.c:
                rows = session.execute(select(table).where(table.c.workspace_id == other)).all()
                found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def check_records(database: Database) -> None:
    """Raise AssertionError where something is half done."""
    with database.read() as session:
        newest = dict(
            session.execute(
                select(audit_entries.c.entity_id, func.max(audit_entries.c.version)).group_by(
                    audit_entries.c.entity_id
                )
            ).all()
        )
        known = {str(entity_id) for entity_id in newest}
        for table in metadata.sorted_tables:
            if table.name in _VERSIONED:
                for row in session.execute(select(table.c.id, table.c.version)):
                    assert newest.get(row.id) == row.version, f"{table.name} {row.id} lacks its audit entry"
            if "id" in table.c:
                known |= {str(value) for value in session.scalars(select(table.c.id))}
        messages = session.execute(select(outbox_messages)).all()
        for message in messages:
            for name, value in message.ids.items():
                assert not _is_id(value) or value in known, f"{message.kind} names no {name} that there is"
        days_off = {
            (row.entity_id, row.changes[0]["after"])
            for row in session.execute(
                select(audit_entries).where(
                    audit_entries.c.action == "added", audit_entries.c.entity == "day off"
                )
            )
        }
        keys = " ".join(message.unique_key for message in messages)
        for handled in session.execute(select(handled_deliveries)):
            made = str(handled.entity_id)
            # An event may call for nothing but being noticed, a picture is only ever a message. Days off are
            # added together, and called after their batch.
            is_there = made in known or made in keys or handled.receipt.startswith("Ev")
            is_there |= any(uuid5(handled.entity_id, day) == day_id for day_id, day in days_off)
            assert is_there, f"{handled.receipt} counts as handled, and made nothing"


def _is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
