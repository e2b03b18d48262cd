"""Whether a project has delivery health checks, and when the last one was."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nothing is switched on."""
    with op.batch_alter_table("projects") as projects:
        projects.add_column(
            sa.Column("has_health_checks", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        projects.add_column(sa.Column("health_checked_on", sa.Date()))


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("projects") as projects:
        projects.drop_column("health_checked_on")
        projects.drop_column("has_health_checks")
