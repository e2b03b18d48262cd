"""Client moods: readings, what was heard along with them, and the alerts that follow."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(40)
"""A value of a closed set."""
OPEN = sa.text("ended_at IS NULL")

TABLES = ("mood_readings", "heard_items", "mood_alerts", "mood_alert_recipients")


def upgrade() -> None:
    """Make the four tables."""
    _make_readings()
    _make_alerts()


def downgrade() -> None:
    """Drop them, those that refer to others first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def _make_readings() -> None:
    op.create_table(
        "mood_readings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("insight", sa.Text(), nullable=False),
        sa.Column("source", WORD),
        sa.Column("client_role", sa.String(80), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("visibility", WORD, nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("logged_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_mood_readings"),
        _refers("mood_readings", "workspace_id", "workspaces"),
        _refers("mood_readings", "project_id", "projects"),
        _refers("mood_readings", "author_id", "people"),
    )
    op.create_index("ix_mood_readings_project_id_observed_on", "mood_readings", ["project_id", "observed_on"])
    op.create_index("ix_mood_readings_author_id", "mood_readings", ["author_id"])
    op.create_table(
        "heard_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_heard_items"),
        _refers("heard_items", "workspace_id", "workspaces"),
        _refers("heard_items", "reading_id", "mood_readings"),
        sa.UniqueConstraint("reading_id", "kind", name="uq_heard_items_reading_id_kind"),
    )


def _make_alerts() -> None:
    op.create_table(
        "mood_alerts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cause", WORD, nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("taken_by_id", sa.Uuid()),
        sa.Column("taken_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("outcome", WORD),
        sa.PrimaryKeyConstraint("id", name="pk_mood_alerts"),
        _refers("mood_alerts", "workspace_id", "workspaces"),
        _refers("mood_alerts", "project_id", "projects"),
        _refers("mood_alerts", "taken_by_id", "people"),
    )
    op.create_index(
        "ix_mood_alerts_open",
        "mood_alerts",
        ["project_id"],
        unique=True,
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )
    op.create_table(
        "mood_alert_recipients",
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "person_id", name="pk_mood_alert_recipients"),
        _refers("mood_alert_recipients", "alert_id", "mood_alerts"),
        _refers("mood_alert_recipients", "person_id", "people"),
        _refers("mood_alert_recipients", "workspace_id", "workspaces"),
    )
