"""A ritual may be held once more than its rule says."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Note of each time whether a person asked for it."""
    op.add_column(
        "ritual_occurrences",
        sa.Column("is_extra", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_column("ritual_occurrences", "is_extra")
