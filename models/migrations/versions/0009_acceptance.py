"""Who waits for a delivery manager to accept a risk."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("risks") as risks:
        risks.add_column(sa.Column("acceptance_asked_by_id", sa.Uuid()))
        risks.create_foreign_key(
            "fk_risks_acceptance_asked_by_id", "people", ["acceptance_asked_by_id"], ["id"]
        )


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("risks") as risks:
        risks.drop_constraint("fk_risks_acceptance_asked_by_id", type_="foreignkey")
        risks.drop_column("acceptance_asked_by_id")
