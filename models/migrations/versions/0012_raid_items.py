"""Issues, assumptions, dependencies and decisions, and how many of them a project has numbered."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(40)
PARTIAL = {
    "owner_id": ("owner_id", "owner_id IS NOT NULL", False),
    "follows_id": ("follows_id", "follows_id IS NOT NULL", False),
    "risk_id": ("risk_id", "risk_id IS NOT NULL", False),
    "superseding": ("follows_id", "kind = 'decision' AND withdrawn_at IS NULL", True),
}


def upgrade() -> None:
    """Make the table; no project has numbered anything but risks so far."""
    op.create_table(
        "raid_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("visibility", WORD, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid()),
        sa.Column("raised_by_id", sa.Uuid(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("impact", sa.Integer()),
        sa.Column("direction", WORD),
        sa.Column("other_party", sa.String(120), nullable=False),
        sa.Column("supplier", sa.String(120), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("settled_on", sa.Date()),
        sa.Column("follows_id", sa.Uuid()),
        sa.Column("risk_id", sa.Uuid()),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_raid_items"),
        sa.UniqueConstraint("project_id", "kind", "number", name="uq_raid_items_project_id_kind_number"),
        sa.CheckConstraint("kind = 'issue' OR impact IS NULL", name="ck_raid_items_impact"),
        sa.CheckConstraint("(kind = 'dependency') = (direction IS NOT NULL)", name="ck_raid_items_direction"),
        sa.CheckConstraint("kind = 'decision' OR rationale = ''", name="ck_raid_items_rationale"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_raid_items_workspace_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_raid_items_project_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name="fk_raid_items_owner_id"),
        sa.ForeignKeyConstraint(["raised_by_id"], ["people.id"], name="fk_raid_items_raised_by_id"),
        sa.ForeignKeyConstraint(["follows_id"], ["raid_items.id"], name="fk_raid_items_follows_id"),
        sa.ForeignKeyConstraint(["risk_id"], ["risks.id"], name="fk_raid_items_risk_id"),
    )
    op.create_index("ix_raid_items_workspace_id_status", "raid_items", ["workspace_id", "status"])
    for name, (column, condition, is_unique) in PARTIAL.items():
        op.create_index(
            f"ix_raid_items_{name}",
            "raid_items",
            [column],
            unique=is_unique,
            postgresql_where=sa.text(condition),
            sqlite_where=sa.text(condition),
        )
    op.add_column("projects", sa.Column("raid_logged", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop all of it."""
    op.drop_column("projects", "raid_logged")
    op.drop_table("raid_items")
