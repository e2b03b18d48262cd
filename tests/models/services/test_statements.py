"""Statements that either database spells in its own way do the same on both."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

from sqlalchemy import select

from models.database import Database
from models.rules.delivery import MessageState, NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.statements import add_new
from models.tables import outbox_messages
from tests.models.world import NOW, World, statements_of


def test_many_rows_are_added_as_they_are_and_those_that_are_there_stay(world: World) -> None:
    database: Database = world.database
    first = Outgoing(NoticeKind.RISK_OUTCOME, Operation.POST, "C1", "key:0", {"say": "first"})
    with database.write() as session:
        enqueue(session, world.workspace_id, [first], correlation_id="c0ffee", now=NOW)
    with database.read() as session:
        lane_id = session.scalar(select(outbox_messages.c.lane_id))
    abroad = datetime(2026, 10, 7, 23, 30, 0, 250, tzinfo=timezone(timedelta(hours=-7)))
    rows = [
        {
            "workspace_id": world.workspace_id,
            "lane_id": lane_id,
            "kind": NoticeKind.RISK_OUTCOME,
            "operation": Operation.POST,
            "ids": {"say": f"\"{number}\" 'é' \\ %s", "id": str(uuid4())},
            "unique_key": f"key:{number}",
            "depends_on_id": None,
            "correlation_id": "c0ffee",
            "state": MessageState.PENDING,
            "created_at": abroad,
            "due_at": NOW,
            "expires_at": NOW,
            "attempts": 0,
            "settled_at": None,
        }
        for number in range(3)
    ]
    with database.write() as session, statements_of(database) as statements:
        add_new(session, outbox_messages, rows)
        add_new(session, outbox_messages, [])
    assert len(statements) == 1
    with database.read() as session:
        kept = session.execute(select(outbox_messages).order_by(outbox_messages.c.unique_key)).all()
    assert [row.ids for row in kept] == [{"say": "first"}, rows[1]["ids"], rows[2]["ids"]]
    for given, row in zip(rows[1:], kept[1:], strict=True):
        assert {name: getattr(row, name) for name in given} == given
        assert row.created_at == abroad.astimezone(UTC)
