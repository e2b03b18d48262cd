"""What a project is like: kind, delivery mode, phase, dates, links, and why it was archived.

Columns are added and dropped one by one: SQLite could make the table anew only by dropping it, which the
risks that refer to it forbid.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WORD = sa.String(40)
LINK = sa.String(500)


def _added() -> tuple[sa.Column[Any], ...]:
    """Return the columns anew: one that is in a table already can't go into another."""
    return (
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("kind", WORD, nullable=False, server_default="managed"),
        sa.Column("delivery_mode", WORD, nullable=False, server_default="iterative"),
        sa.Column("phase", WORD, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("planned_end_on", sa.Date(), nullable=True),
        sa.Column("board_url", LINK, nullable=False, server_default=""),
        sa.Column("jira_url", LINK, nullable=False, server_default=""),
        sa.Column("notes_url", LINK, nullable=False, server_default=""),
        sa.Column("archiving_reason", sa.Text(), nullable=False, server_default=""),
    )


def upgrade() -> None:
    """Add the columns; every project so far is managed and iterative."""
    for column in _added():
        op.add_column("projects", column)


def downgrade() -> None:
    """Drop them again."""
    for column in reversed(_added()):
        op.drop_column("projects", column.name)
