"""People ask for as many minutes as a topic of theirs needs."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what waits already asks for none."""
    op.add_column("meeting_topics", sa.Column("minutes", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop it; topics share what time there is."""
    op.drop_column("meeting_topics", "minutes")
