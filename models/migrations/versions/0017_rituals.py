"""Rituals, each time they come round, their steps, and days off."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
HAS_NEXT = sa.text("next_due_at IS NOT NULL")
IS_WAITING = sa.text("state = 'waiting'")
IS_EVERYBODYS = sa.text("project_id IS NULL")


def upgrade() -> None:
    """Make the tables."""
    _make_rituals()
    op.create_table(
        "ritual_occurrences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("ritual_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ritual_occurrences"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_ritual_occurrences_workspace_id"
        ),
        sa.ForeignKeyConstraint(["ritual_id"], ["rituals.id"], name="fk_ritual_occurrences_ritual_id"),
        sa.UniqueConstraint("ritual_id", "name", name="uq_ritual_occurrences_ritual_id_name"),
    )
    op.create_index(
        "ix_ritual_occurrences_workspace_id_starts_at", "ritual_occurrences", ["workspace_id", "starts_at"]
    )
    op.create_table(
        "ritual_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("occurrence_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_ritual_steps"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_ritual_steps_workspace_id"),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["ritual_occurrences.id"], name="fk_ritual_steps_occurrence_id"
        ),
        sa.UniqueConstraint("occurrence_id", "kind", name="uq_ritual_steps_occurrence_id_kind"),
    )
    op.create_index(
        "ix_ritual_steps_due_at",
        "ritual_steps",
        ["due_at"],
        postgresql_where=IS_WAITING,
        sqlite_where=IS_WAITING,
    )
    op.create_table(
        "days_off",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid()),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_days_off"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_days_off_workspace_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_days_off_project_id"),
    )
    op.create_index(
        "uq_days_off_workspace_id_day",
        "days_off",
        ["workspace_id", "day"],
        unique=True,
        postgresql_where=IS_EVERYBODYS,
        sqlite_where=IS_EVERYBODYS,
    )
    op.create_index("uq_days_off_project_id_day", "days_off", ["project_id", "day"], unique=True)


def _make_rituals() -> None:
    op.create_table(
        "rituals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("project_id", sa.Uuid()),
        sa.Column("channel_id", sa.String(40)),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("timezone", sa.String(60), nullable=False),
        sa.Column("recurrence", JSON, nullable=False),
        sa.Column("on_holiday", sa.String(40), nullable=False),
        sa.Column("country", sa.String(10)),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("resumes_on", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("next_due_at", MOMENT),
        sa.Column("planned_through", sa.String(16), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rituals"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_rituals_workspace_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_rituals_project_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name="fk_rituals_owner_id"),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_rituals_created_by"),
    )
    op.create_index(
        "ix_rituals_next_due_at",
        "rituals",
        ["next_due_at"],
        postgresql_where=HAS_NEXT,
        sqlite_where=HAS_NEXT,
    )
    op.create_index("ix_rituals_workspace_id_kind", "rituals", ["workspace_id", "kind"])
    op.create_index("ix_rituals_project_id", "rituals", ["project_id"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("days_off", "ritual_steps", "ritual_occurrences", "rituals"):
        op.drop_table(table)
