"""Rituals for tests: put straight into the database, as if somebody had set them up."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from models.database import Database
from models.read_models import Actor, ProjectView
from models.rules.rituals.recurrence import OnHoliday, Regular, Weekly
from models.rules.rituals.recurrence_data import as_data
from models.rules.rituals.steps import RitualState
from models.tables import ritual_occurrences, ritual_steps, rituals

MEETING = Weekly(frozenset({2}), time(15), date(2026, 1, 14), interval=2)
"""Every second Wednesday at 15:00."""
THURSDAYS = Weekly(frozenset({3}), time(17), date(2026, 1, 1))
LOS_ANGELES = "America/Los_Angeles"


def switch_on(
    database: Database,
    owner: Actor,
    *,
    since: str,
    kind: str = "reminder",
    rule: Regular = MEETING,
    **fields: Any,  # noqa: ANN401 - any column.
) -> UUID:
    """Write down a ritual that comes round after that naive local time; it is due to be looked at at once."""
    values = ritual_values(owner, since=since, kind=kind, rule=rule, **fields)
    with database.write() as session:
        session.connection().execute(rituals.insert().values(values))
    ritual_id: UUID = values["id"]
    return ritual_id


def ritual_values(
    owner: Actor,
    *,
    since: str,
    kind: str = "reminder",
    rule: Regular = MEETING,
    **fields: Any,  # noqa: ANN401 - any column.
) -> dict[str, Any]:
    """Return the row of such a ritual."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "workspace_id": owner.workspace_id,
        "kind": kind,
        "name": "Delivery – PM",
        "channel_id": "C_DELIVERY",
        "owner_id": owner.person.id,
        "timezone": LOS_ANGELES,
        "recurrence": as_data(rule),
        "on_holiday": OnHoliday.KEEP,
        "duration_minutes": 60,
        "settings": {"text": "Bring your risks."},
        "state": RitualState.ACTIVE,
        "version": 1,
        "next_due_at": datetime.fromisoformat("2000-01-01T00:00+00:00"),
        "planned_through": since,
        "created_by": owner.person.id,
        "created_at": datetime.fromisoformat("2026-01-01T00:00+00:00"),
    }
    return values | fields


def ask_weekly(database: Database, owner: Actor, project: ProjectView, **fields: Any) -> UUID:  # noqa: ANN401 - any column.
    """Have a project asked how it stands, each Thursday at five where it is."""
    return switch_on(
        database,
        owner,
        since="2026-01-01T00:00",
        kind="weekly_status",
        rule=THURSDAYS,
        **{
            "name": "Weekly status",
            "project_id": project.id,
            "channel_id": None,
            "timezone": project.timezone,
            **fields,
        },
    )


def inspect(database: Database, owner: Actor, project: ProjectView | None) -> UUID:
    """Have delivery health checks asked for every working day, of one project or of all."""
    return switch_on(
        database,
        owner,
        since="2026-01-01T00:00",
        kind="health_checks",
        rule=Weekly(frozenset(range(5)), time(9), date(2026, 1, 1)),
        project_id=project.id if project else None,
        channel_id=None,
    )


def times_of(database: Database, ritual_id: UUID) -> list[tuple[str, str]]:
    """Return the planned times of a ritual by name, each with what became of it."""
    with database.read() as session:
        rows = session.connection().execute(
            select(ritual_occurrences.c.name, ritual_occurrences.c.state)
            .where(ritual_occurrences.c.ritual_id == ritual_id)
            .order_by(ritual_occurrences.c.name)
        )
        return [(row.name, row.state.value) for row in rows]


def steps_of(database: Database, ritual_id: UUID) -> list[tuple[str, str, datetime, str]]:
    """Return the steps of a ritual's times in the order in which they are due, each with its state."""
    with database.read() as session:
        rows = session.connection().execute(
            select(
                ritual_occurrences.c.name, ritual_steps.c.kind, ritual_steps.c.due_at, ritual_steps.c.state
            )
            .join(ritual_occurrences, ritual_occurrences.c.id == ritual_steps.c.occurrence_id)
            .where(ritual_occurrences.c.ritual_id == ritual_id)
            .order_by(ritual_steps.c.due_at, ritual_steps.c.kind)
        )
        return [(row.name, row.kind, row.due_at, row.state.value) for row in rows]


def next_due_of(database: Database, ritual_id: UUID) -> datetime | None:
    """Return when the next time of a ritual begins to be planned."""
    with database.read() as session:
        found: datetime | None = (
            session.connection()
            .execute(select(rituals.c.next_due_at).where(rituals.c.id == ritual_id))
            .scalar_one()
        )
        return found
