"""What people were told in the morning, and how much they want to hear."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0023"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables, and add the column."""
    op.create_table(
        "mornings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("planned_at", MOMENT, nullable=False),
        sa.Column("later_at", MOMENT),
        sa.Column("is_unfolded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mornings"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_mornings_workspace_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_mornings_person_id"),
        sa.UniqueConstraint("person_id", "day", name="uq_mornings_person_id_day"),
    )
    op.create_index("ix_mornings_planned_at", "mornings", ["planned_at"])
    op.create_table(
        "morning_items",
        sa.Column("morning_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("contribution", sa.String(40), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.PrimaryKeyConstraint("morning_id", "place", name="pk_morning_items"),
        sa.ForeignKeyConstraint(["morning_id"], ["mornings.id"], name="fk_morning_items_morning_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_morning_items_workspace_id"),
    )
    op.create_index("ix_morning_items_entity_id", "morning_items", ["entity_id"])
    op.add_column("person_settings", sa.Column("pace", sa.String(40)))


def downgrade() -> None:
    """Drop both, and the column."""
    op.drop_column("person_settings", "pace")
    op.drop_table("morning_items")
    op.drop_table("mornings")
