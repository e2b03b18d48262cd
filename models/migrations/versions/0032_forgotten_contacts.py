"""A client's contact may be forgotten, for good."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("client_contacts", sa.Column("forgotten_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Drop it; what was forgotten stays so."""
    op.drop_column("client_contacts", "forgotten_at")
