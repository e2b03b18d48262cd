"""Guests whom a project marks as colleagues."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLE = "project_colleagues"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        TABLE,
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("marked_by_id", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "person_id", name="pk_project_colleagues"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_project_colleagues_project_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_project_colleagues_person_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_project_colleagues_workspace_id"
        ),
        sa.ForeignKeyConstraint(["marked_by_id"], ["people.id"], name="fk_project_colleagues_marked_by_id"),
    )
    op.create_index("ix_project_colleagues_person_id", TABLE, ["person_id"])
    op.create_index("ix_project_colleagues_workspace_id", TABLE, ["workspace_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table(TABLE)
