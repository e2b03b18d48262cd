"""A time of a ritual knows when it takes place that somebody put off."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("ritual_occurrences", sa.Column("put_off_to", sa.String(16)))


def downgrade() -> None:
    """Drop it; what was put off stays so until its ritual changes."""
    op.drop_column("ritual_occurrences", "put_off_to")
