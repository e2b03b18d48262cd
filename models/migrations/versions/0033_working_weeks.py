"""People say on which days of the week they work."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("person_settings", sa.Column("week", sa.String(40)))


def downgrade() -> None:
    """Drop it; all work from Monday to Friday then."""
    op.drop_column("person_settings", "week")
