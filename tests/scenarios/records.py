"""What the database holds, read beside the program."""

from typing import Any

from sqlalchemy import Table, select

from models.database import Database
from models.rules.delivery import NoticeKind, Operation
from models.tables import audit_entries, handled_deliveries, outbox_messages, projects, raid_items
from models.tables import risks as _risks

WRITTEN = (_risks, raid_items, projects, audit_entries, outbox_messages, handled_deliveries)
"""Where anything that a person does leaves a trace."""

Row = dict[str, Any]


def rows(database: Database, table: Table) -> list[Row]:
    """Return a table's rows."""
    with database.read() as session:
        return [dict(row._mapping) for row in session.execute(select(table))]


def risks(database: Database, title: str) -> list[Row]:
    """Return the risks of that title."""
    return [row for row in rows(database, _risks) if row["title"] == title]


def history(database: Database, risk: Row) -> list[str]:
    """Return what was done to a risk."""
    entries = rows(database, audit_entries)
    return [entry["action"] for entry in entries if entry["entity_id"] == risk["id"]]


def messages(database: Database, risk: Row) -> list[Row]:
    """Return what was, or is to be, said about a risk."""
    found = rows(database, outbox_messages)
    return [message for message in found if message["ids"].get("risk_id") == str(risk["id"])]


def announcement(database: Database, risk: Row) -> Row:
    """Return the message in which its channel hears of a risk."""
    (found,) = [
        message
        for message in messages(database, risk)
        if message["kind"] is NoticeKind.RISK_ANNOUNCED and message["operation"] is Operation.POST
    ]
    return found


def all_records(database: Database) -> dict[str, list[Row]]:
    """Return everything that people's doings have left."""
    return {table.name: rows(database, table) for table in WRITTEN}
