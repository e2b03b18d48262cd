"""Occasions to ask a client wait for whoever runs the project, or are held with a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns; what is there already was brought about by people, and is done."""
    op.add_column("surveys", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("surveys", sa.Column("state", sa.String(40), nullable=False, server_default="done"))
    op.add_column("surveys", sa.Column("held_because", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop them."""
    for column in ("held_because", "state", "version"):
        op.drop_column("surveys", column)
