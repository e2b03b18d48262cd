"""The phases that projects go through, and their measures of success."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(40)
IS_PRESENT = sa.text("left_on IS NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "project_phases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("phase", WORD, nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("left_on", sa.Date()),
        sa.Column("left_by_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_project_phases"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_project_phases_workspace_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_project_phases_project_id"),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name="fk_project_phases_entered_by_id"),
        sa.ForeignKeyConstraint(["left_by_id"], ["people.id"], name="fk_project_phases_left_by_id"),
    )
    op.create_index(
        "ix_project_phases_present",
        "project_phases",
        ["project_id"],
        unique=True,
        postgresql_where=IS_PRESENT,
        sqlite_where=IS_PRESENT,
    )
    op.create_index("ix_project_phases_project_id_entered_at", "project_phases", ["project_id", "entered_at"])
    op.create_table(
        "success_measures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("target", sa.String(200), nullable=False),
        sa.Column("outcome", WORD),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_success_measures"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_success_measures_workspace_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_success_measures_project_id"),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name="fk_success_measures_added_by_id"),
        sa.UniqueConstraint("project_id", "number", name="uq_success_measures_project_id_number"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("success_measures")
    op.drop_table("project_phases")
