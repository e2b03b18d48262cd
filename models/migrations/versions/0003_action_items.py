"""Actions: what people promised to do, whatever it follows from."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(40)
IS_OPEN = sa.text("status = 'open'")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "action_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid()),
        sa.Column("source_kind", WORD, nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("visibility", WORD, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("raised_by_id", sa.Uuid(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("closing_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_action_items"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_action_items_workspace_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_action_items_project_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name="fk_action_items_owner_id"),
        sa.ForeignKeyConstraint(["raised_by_id"], ["people.id"], name="fk_action_items_raised_by_id"),
    )
    op.create_index("ix_action_items_source_id", "action_items", ["source_id"])
    for leading in ("owner_id", "workspace_id"):
        op.create_index(
            f"ix_action_items_{leading}_due_on",
            "action_items",
            [leading, "due_on"],
            postgresql_where=IS_OPEN,
            sqlite_where=IS_OPEN,
        )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("action_items")
