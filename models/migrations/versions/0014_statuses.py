"""Statuses with all their versions, plans back to green, and drafts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(40)
"""A value of a closed set."""
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
OPEN = sa.text("closed_at IS NULL")

TABLES = ("status_updates", "status_versions", "status_dimensions", "back_to_green_plans", "status_drafts")


def upgrade() -> None:
    """Make the five tables."""
    _make_updates()
    _make_versions()
    _make_dimensions()
    _make_plans()
    _make_drafts()


def downgrade() -> None:
    """Drop them, those that refer to others first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def _make_updates() -> None:
    op.create_table(
        "status_updates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("cadence", WORD, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_status_updates"),
        _refers("status_updates", "workspace_id", "workspaces"),
        _refers("status_updates", "project_id", "projects"),
        _refers("status_updates", "submitted_by_id", "people"),
        sa.UniqueConstraint(
            "project_id", "cadence", "starts_on", name="uq_status_updates_project_id_cadence_starts_on"
        ),
    )
    op.create_index(
        "ix_status_updates_workspace_id_starts_on", "status_updates", ["workspace_id", "starts_on"]
    )


def _make_versions() -> None:
    op.create_table(
        "status_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("status_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("headline", sa.String(150), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("coming", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("declared", WORD, nullable=False),
        sa.Column("computed", WORD, nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("inside", WORD, nullable=False),
        sa.Column("findings", JSON, nullable=False),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_status_versions"),
        _refers("status_versions", "workspace_id", "workspaces"),
        _refers("status_versions", "status_id", "status_updates"),
        _refers("status_versions", "author_id", "people"),
        sa.UniqueConstraint("status_id", "number", name="uq_status_versions_status_id_number"),
    )


def _make_dimensions() -> None:
    op.create_table(
        "status_dimensions",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("dimension", WORD, nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("colour", WORD, nullable=False),
        sa.Column("step", sa.String(200), nullable=False),
        sa.Column("owner_id", sa.Uuid()),
        sa.Column("due_on", sa.Date()),
        sa.Column("criteria", sa.String(150), nullable=False),
        sa.Column("target_on", sa.Date()),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", "dimension", name="pk_status_dimensions"),
        _refers("status_dimensions", "workspace_id", "workspaces"),
        _refers("status_dimensions", "version_id", "status_versions"),
        _refers("status_dimensions", "owner_id", "people"),
    )


def _make_plans() -> None:
    op.create_table(
        "back_to_green_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("dimension", WORD, nullable=False),
        sa.Column("step", sa.String(200), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("criteria", sa.String(150), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_back_to_green_plans"),
        _refers("back_to_green_plans", "workspace_id", "workspaces"),
        _refers("back_to_green_plans", "project_id", "projects"),
        _refers("back_to_green_plans", "step_id", "action_items"),
        _refers("back_to_green_plans", "owner_id", "people"),
    )
    op.create_index(
        "ix_back_to_green_plans_open",
        "back_to_green_plans",
        ["project_id", "dimension"],
        unique=True,
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )


def _make_drafts() -> None:
    op.create_table(
        "status_drafts",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("filled_in", JSON, nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "project_id", "starts_on", name="pk_status_drafts"),
        _refers("status_drafts", "workspace_id", "workspaces"),
        _refers("status_drafts", "person_id", "people"),
        _refers("status_drafts", "project_id", "projects"),
    )
