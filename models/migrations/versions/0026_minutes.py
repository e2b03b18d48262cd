"""What meetings agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "minute_points",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_decision", sa.Boolean(), nullable=False),
        sa.Column("decision_id", sa.Uuid()),
        sa.Column("action_id", sa.Uuid()),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_minute_points"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_minute_points_workspace_id"),
        sa.ForeignKeyConstraint(["agenda_id"], ["agendas.id"], name="fk_minute_points_agenda_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_minute_points_project_id"),
        sa.ForeignKeyConstraint(["decision_id"], ["raid_items.id"], name="fk_minute_points_decision_id"),
        sa.ForeignKeyConstraint(["action_id"], ["action_items.id"], name="fk_minute_points_action_id"),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name="fk_minute_points_added_by_id"),
        sa.CheckConstraint("decision_id IS NULL OR is_decision", name="ck_minute_points_decision"),
        sa.CheckConstraint("action_id IS NULL OR NOT is_decision", name="ck_minute_points_action"),
    )
    op.create_index("ix_minute_points_agenda_id_position", "minute_points", ["agenda_id", "position"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("minute_points")
