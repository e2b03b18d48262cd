"""When people last came to their home."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLE = "home_visits"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        TABLE,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_home_visits"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_home_visits_person_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_home_visits_workspace_id"),
    )
    op.create_index("ix_home_visits_workspace_id", TABLE, ["workspace_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table(TABLE)
