"""A message is unsettled as long as nobody has settled it: one column says so, and the index goes by it."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLE = "outbox_messages"
INDEX = "ix_outbox_messages_unsettled"
BY_STATE = sa.text("state IN ('pending', 'sending')")
BY_TIME = sa.text("settled_at IS NULL")
CHECK = "ck_outbox_messages_settled"
MESSAGES = sa.table(
    TABLE,
    sa.column("state", sa.String()),
    sa.column("due_at", sa.DateTime(timezone=True)),
    sa.column("settled_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Have the column say the same as the state in every row, and in every row to come."""
    is_unsettled = MESSAGES.c.state.in_(["pending", "sending"])
    lacks_its_time = ~is_unsettled & MESSAGES.c.settled_at.is_(None)
    op.execute(sa.update(MESSAGES).where(lacks_its_time).values(settled_at=MESSAGES.c.due_at))
    has_one_too_many = is_unsettled & MESSAGES.c.settled_at.is_not(None)
    op.execute(sa.update(MESSAGES).where(has_one_too_many).values(settled_at=None))
    op.drop_index(INDEX, TABLE)
    with op.batch_alter_table(TABLE) as messages:
        messages.create_check_constraint(
            op.f(CHECK), "(settled_at IS NULL) = (state IN ('pending', 'sending'))"
        )
    _create_index(BY_TIME)


def downgrade() -> None:
    """Go by the state again."""
    op.drop_index(INDEX, TABLE)
    with op.batch_alter_table(TABLE) as messages:
        messages.drop_constraint(op.f(CHECK), type_="check")
    _create_index(BY_STATE)


def _create_index(unsettled: sa.TextClause) -> None:
    op.create_index(INDEX, TABLE, ["lane_id", "id"], postgresql_where=unsettled, sqlite_where=unsettled)
