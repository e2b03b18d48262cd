"""Milestones: agreed, expected, done and accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "milestones",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=False),
        sa.Column("forecast_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date()),
        sa.Column("accepted_on", sa.Date()),
        sa.Column("accepted_by", sa.String(80), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_milestones"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_milestones_workspace_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_milestones_project_id"),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name="fk_milestones_added_by_id"),
        sa.UniqueConstraint("project_id", "number", name="uq_milestones_project_id_number"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("milestones")
