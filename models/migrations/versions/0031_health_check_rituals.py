"""Delivery health checks are a ritual, and no field of a project: what is switched on stays so."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
KIND = "health_checks"
PROJECTS = sa.table(
    "projects",
    sa.column("id", sa.Uuid()),
    sa.column("workspace_id", sa.Uuid()),
    sa.column("key", sa.String()),
    sa.column("timezone", sa.String()),
    sa.column("created_by", sa.Uuid()),
    sa.column("has_health_checks", sa.Boolean()),
)
RITUALS = sa.table(
    "rituals",
    sa.column("id", sa.Uuid()),
    sa.column("workspace_id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("name", sa.String()),
    sa.column("project_id", sa.Uuid()),
    sa.column("owner_id", sa.Uuid()),
    sa.column("timezone", sa.String()),
    sa.column("recurrence", JSON),
    sa.column("on_holiday", sa.String()),
    sa.column("duration_minutes", sa.Integer()),
    sa.column("settings", JSON),
    sa.column("state", sa.String()),
    sa.column("version", sa.Integer()),
    sa.column("next_due_at", sa.DateTime(timezone=True)),
    sa.column("planned_through", sa.String()),
    sa.column("created_by", sa.Uuid()),
    sa.column("created_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Switch the ritual on for each project that has health checks, and drop the column."""
    connection = op.get_bind()
    now = _now(connection)
    for project in connection.execute(sa.select(PROJECTS).where(PROJECTS.c.has_health_checks)).all():
        connection.execute(sa.insert(RITUALS), _ritual(project, now))
    with op.batch_alter_table("projects") as projects:
        projects.drop_column("has_health_checks")


def _now(connection: sa.Connection) -> datetime:
    """Return what time the database says it is; SQLite says it without a zone."""
    said: datetime = connection.execute(sa.select(sa.func.now())).scalar_one()
    return said if said.tzinfo is not None else said.replace(tzinfo=UTC)


def _ritual(project: sa.Row[Any], now: datetime) -> dict[str, object]:
    here = now.astimezone(ZoneInfo(project.timezone)).replace(tzinfo=None)
    weekdays = {
        "every": "week",
        "weekdays": [0, 1, 2, 3, 4],
        "at": "09:00",
        "anchor": here.date().isoformat(),
        "interval": 1,
    }
    return {
        "id": uuid4(),
        "workspace_id": project.workspace_id,
        "kind": KIND,
        "name": f"Health check {project.key}",
        "project_id": project.id,
        "owner_id": project.created_by,
        "timezone": project.timezone,
        "recurrence": weekdays,
        "on_holiday": "skip",
        "duration_minutes": 0,
        "settings": {},
        "state": "active",
        "version": 1,
        "next_due_at": now,
        "planned_through": here.isoformat(timespec="minutes"),
        "created_by": project.created_by,
        "created_at": now,
    }


def downgrade() -> None:
    """Bring the column back, ticked where the ritual is on."""
    with op.batch_alter_table("projects") as projects:
        projects.add_column(
            sa.Column("has_health_checks", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    is_on = sa.exists().where(
        RITUALS.c.kind == KIND, RITUALS.c.state == "active", RITUALS.c.project_id == PROJECTS.c.id
    )
    op.execute(sa.update(PROJECTS).values(has_health_checks=is_on))
