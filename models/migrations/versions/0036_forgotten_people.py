"""A person's name may be forgotten, and stays so whatever Slack says of them."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody is forgotten yet."""
    op.add_column("people", sa.Column("forgotten_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Drop it; names come back as Slack tells of these people."""
    op.drop_column("people", "forgotten_at")
