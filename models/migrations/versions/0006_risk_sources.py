"""Where a risk came from: the message that somebody made it of."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a program that does not know it yet leaves it empty."""
    with op.batch_alter_table("risks") as risks:
        risks.add_column(sa.Column("source_url", sa.String(500)))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("risks") as risks:
        risks.drop_column("source_url")
