"""Retrospectives, their cards, and who took part."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
_IS_COLLECTING = sa.text("state = 'collecting'")
_HAS_STEP = sa.text("next_step_at IS NOT NULL")


def upgrade() -> None:
    """Make the tables."""
    _retrospectives()
    _cards()
    op.create_table(
        "retro_participations",
        sa.Column("retro_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("retro_id", "person_id", name="pk_retro_participations"),
        *_keys("retro_participations", retro_id="retrospectives", person_id="people"),
        sqlite_with_rowid=False,
    )


def _retrospectives() -> None:
    name = "retrospectives"
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("started_by_id", sa.Uuid()),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("is_extended", sa.Boolean(), nullable=False),
        sa.Column("is_reminded", sa.Boolean(), nullable=False),
        sa.Column("next_step_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by_id", sa.Uuid()),
        sa.Column("contributors", sa.Integer()),
        sa.Column("edit_key", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_retrospectives"),
        *_keys(name, project_id="projects", started_by_id="people", closed_by_id="people"),
    )
    op.create_index(
        "ix_retrospectives_collecting",
        name,
        ["project_id"],
        unique=True,
        postgresql_where=_IS_COLLECTING,
        sqlite_where=_IS_COLLECTING,
    )
    op.create_index("ix_retrospectives_project_id_started_at", name, ["project_id", "started_at"])
    op.create_index(
        "ix_retrospectives_next_step_at",
        name,
        ["next_step_at"],
        postgresql_where=_HAS_STEP,
        sqlite_where=_HAS_STEP,
    )


def _cards() -> None:
    op.create_table(
        "retro_cards",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("retro_id", sa.Uuid(), nullable=False),
        sa.Column("column", sa.String(40), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("mark", sa.String(64)),
        sa.Column("place", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_retro_cards"),
        *_keys("retro_cards", retro_id="retrospectives", author_id="people"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_retro_cards_retro_id", "retro_cards", ["retro_id"])


def _keys(table: str, **others: str) -> list[sa.ForeignKeyConstraint]:
    columns = {"workspace_id": "workspaces", **others}
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")
        for column, other in columns.items()
    ]


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("retro_participations")
    op.drop_table("retro_cards")
    op.drop_table("retrospectives")
