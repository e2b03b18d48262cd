"""Retrospectives may ask first how free people feel to speak."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns, and the table of answers that nobody can be told from."""
    op.add_column(
        "retrospectives", sa.Column("asks_safety", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("retrospectives", sa.Column("safety", sa.String(60), nullable=False, server_default=""))
    name = "retro_safety_answers"
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("retro_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{name}_workspace_id"),
        sa.ForeignKeyConstraint(["retro_id"], ["retrospectives.id"], name=f"fk_{name}_retro_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{name}_retro_id", name, ["retro_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("retro_safety_answers")
    for column in ("safety", "asks_safety"):
        op.drop_column("retrospectives", column)
