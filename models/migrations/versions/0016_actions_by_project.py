"""A project's actions are found without looking at all others."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NAME = "ix_action_items_project_id_status_due_on"


def upgrade() -> None:
    """Make the index."""
    op.create_index(NAME, "action_items", ["project_id", "status", "due_on"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index(NAME, "action_items")
