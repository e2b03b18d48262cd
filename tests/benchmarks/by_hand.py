"""A risk's statements by hand: ``python -m tests.benchmarks.by_hand PORT THREADS DATABASE_URL``.

The bare Bolt app with one listener that runs, in SQLAlchemy Core on an engine with its defaults, what the
product runs in the database: two looks, then one transaction, whose lanes are there from the start. It has no
layers, checks or read models, and runs one statement after the other on Postgres too.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from sqlite3 import Connection as SqliteConnection
from threading import Lock
from typing import Any
from uuid import UUID, uuid4

from slack_bolt import Ack
from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    Row,
    Select,
    bindparam,
    create_engine,
    event,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import ConnectionPoolEntry

from bot.clock import utc_now
from models.rules.access import ProjectRole
from models.rules.delivery import GRACE, NoticeKind, Operation
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind, Visibility
from models.tables import (
    audit_entries,
    clients,
    handled_deliveries,
    lanes,
    memberships,
    organisation_roles,
    outbox_messages,
    people,
    projects,
    risks,
    workspaces,
)
from tests.benchmarks.bare import bolt_app, serve

Values = dict[str, Any]
LINE = re.compile(r"(.+) p([1-5]) i([1-5])")


PERSON = (
    select(people, workspaces.c.team_id.label("home_team_id"), organisation_roles.c.role)
    .join(workspaces, workspaces.c.id == people.c.workspace_id)
    .outerjoin(organisation_roles, organisation_roles.c.person_id == people.c.id)
    .where(people.c.slack_user_id == bindparam("user"))
)
PROJECT = (
    select(projects, clients.c.name.label("client"), memberships.c.role, people.c.slack_user_id)
    .join(clients, clients.c.id == projects.c.client_id)
    .outerjoin(memberships, memberships.c.project_id == projects.c.id)
    .outerjoin(people, people.c.id == memberships.c.person_id)
)
PROJECT_HERE = PROJECT.where(projects.c.internal_channel_id == bindparam("channel"))
LANE = (
    select(lanes.c.id)
    .where(
        lanes.c.workspace_id == bindparam("lane_workspace"), lanes.c.channel_id == bindparam("lane_channel")
    )
    .scalar_subquery()
)
NEXT_NUMBER = (
    update(projects)
    .values(risks_logged=projects.c.risks_logged + 1)
    .where(projects.c.id == bindparam("project"))
    .returning(projects.c.risks_logged)
)
ADD_ENTRY, ADD_RISK = insert(audit_entries), insert(risks)
"""All statements are made once: making one anew for each request costs more than SQLite takes to run it."""


class Register:
    """Reads and writes the rows."""

    def __init__(self, url: str) -> None:
        """Open a database that holds a workspace, two people and a project."""
        address = make_url(url)
        is_sqlite = address.drivername == "sqlite"
        self._engine = create_engine(address if is_sqlite else address.set(drivername="postgresql+psycopg"))
        self._turn = Lock() if is_sqlite else nullcontext()
        if is_sqlite:
            _make_durable(self._engine)
        self._writing = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        new = sqlite.insert if is_sqlite else postgresql.insert
        self._note_delivery = (
            new(handled_deliveries).on_conflict_do_nothing().returning(handled_deliveries.c.receipt)
        )
        self._open_lanes(new(lanes).on_conflict_do_nothing())
        self._say = new(outbox_messages).values(lane_id=LANE).on_conflict_do_nothing()

    def log(self, body: Mapping[str, Any], title: str, probability: int, impact: int) -> str:
        """Save a risk with all that follows from it, and return its public name."""
        person = self._look(PERSON, {"user": body["user_id"]})[0]
        project = self._look(PROJECT_HERE, {"channel": body["channel_id"]})
        here = project[0]
        manager = next(row.slack_user_id for row in project if row.role is ProjectRole.PROJECT_MANAGER)
        said = [(here.internal_channel_id, NoticeKind.RISK_ANNOUNCED), (manager, NoticeKind.RISK_PROPOSED)]
        risk = _values(person, here.id, (title, probability, impact), utc_now())
        with self._turn, self._writing.begin() as connection:
            connection.execute(self._note_delivery, _delivery(risk, body["trigger_id"])).one()
            connection.execute(self._say, [_message(risk, channel, kind) for channel, kind in said])
            connection.execute(ADD_ENTRY, _entry(risk))
            number = connection.execute(NEXT_NUMBER, {"project": here.id}).scalar_one()
            connection.execute(ADD_RISK, risk | {"number": number})
        return f"{here.key}-R{number}"

    def _open_lanes(self, open_lane: Insert) -> None:
        with self._engine.begin() as connection:
            people_here = connection.execute(select(people.c.workspace_id, people.c.slack_user_id)).all()
            channels = connection.execute(
                select(projects.c.workspace_id, projects.c.internal_channel_id)
            ).all()
            for workspace_id, channel in (*people_here, *channels):
                connection.execute(open_lane, _lane(workspace_id, channel, utc_now()))

    def _look(self, statement: Select[Any], values: Values) -> Sequence[Row[Any]]:
        with self._engine.connect() as connection:
            return connection.execute(statement, values).all()


def _values(person: Row[Any], project_id: UUID, typed: tuple[str, int, int], now: datetime) -> Values:
    title, probability, impact = typed
    return {
        "id": uuid4(),
        "workspace_id": person.workspace_id,
        "project_id": project_id,
        "version": 1,
        "kind": RiskKind.THREAT,
        "status": RiskStatus.PROPOSED,
        "visibility": Visibility.TEAM,
        "title": title,
        "cause": "",
        "effect": "",
        "category": None,
        "probability": probability,
        "impact": impact,
        "strategy": None,
        "owner_id": None,
        "raised_by_id": person.id,
        "raised_at": now,
        "updated_at": now,
        "due_on": None,
        "next_review_on": (now + timedelta(days=14)).date(),
        "closing_reason": "",
    }


def _delivery(risk: Values, receipt: str) -> Values:
    return {
        "workspace_id": risk["workspace_id"],
        "receipt": receipt,
        "entity_id": risk["id"],
        "handled_at": risk["raised_at"],
    }


def _lane(workspace_id: UUID, channel: str, now: datetime) -> Values:
    return {"workspace_id": workspace_id, "channel_id": channel, "next_send_at": now}


def _message(risk: Values, channel: str, kind: NoticeKind) -> Values:
    return {
        "workspace_id": risk["workspace_id"],
        "lane_workspace": risk["workspace_id"],
        "lane_channel": channel,
        "kind": kind,
        "operation": Operation.POST,
        "ids": {"risk_id": str(risk["id"]), "version": 1},
        "unique_key": f"risk:{risk['id']}:{kind}",
        "depends_on_id": None,
        "recipient_id": None,
        "correlation_id": "by-hand",
        "created_at": risk["raised_at"],
        "due_at": risk["raised_at"],
        "expires_at": risk["raised_at"] + GRACE,
    }


def _entry(risk: Values) -> Values:
    kept = ("status", "title", "kind", "probability", "impact", "visibility", "next_review_on")
    return {
        "workspace_id": risk["workspace_id"],
        "entity": "risk",
        "entity_id": risk["id"],
        "version": 1,
        "at": risk["raised_at"],
        "person_id": risk["raised_by_id"],
        "action": "logged",
        "changes": [{"field": name, "before": None, "after": str(risk[name])} for name in kept],
        "reason": "",
        "correlation_id": "by-hand",
    }


def _make_durable(engine: Engine) -> None:
    """Set SQLite up as the product does, and let it begin as it is told."""

    def connected(connection: SqliteConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def main() -> None:
    """Serve one command."""
    port, threads, url = sys.argv[1:]
    register = Register(url)
    bolt = bolt_app(process_before_response=True)

    @bolt.command("/risk")
    def log(ack: Ack, body: Mapping[str, Any]) -> None:
        line = LINE.fullmatch(body["text"])
        if line is None:
            ack("Not a line that this understands.")
            return
        title, probability, impact = line.groups()
        ack(f"Logged {register.log(body, title, int(probability), int(impact))}.")

    serve(bolt, int(port), int(threads))


if __name__ == "__main__":
    main()
