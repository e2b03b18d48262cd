"""Meetings' agendas, the topics that people bring, and who can't come."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0019"
down_revision = "0023"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
IS_WAITING = sa.text("agenda_id IS NULL AND removed_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    _make_agendas()
    _make_topics()
    op.create_table(
        "meeting_absences",
        sa.Column("occurrence_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("occurrence_id", "person_id", name="pk_meeting_absences"),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["ritual_occurrences.id"], name="fk_meeting_absences_occurrence_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_meeting_absences_person_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_meeting_absences_workspace_id"),
    )


def _make_agendas() -> None:
    op.create_table(
        "agendas",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("ritual_id", sa.Uuid(), nullable=False),
        sa.Column("occurrence_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drawn_at", MOMENT, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("closing", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("quiet", JSON, nullable=False),
        sa.Column("leader_id", sa.Uuid()),
        sa.Column("note_taker_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_agendas"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_agendas_workspace_id"),
        sa.ForeignKeyConstraint(["ritual_id"], ["rituals.id"], name="fk_agendas_ritual_id"),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["ritual_occurrences.id"], name="fk_agendas_occurrence_id"
        ),
        sa.ForeignKeyConstraint(["leader_id"], ["people.id"], name="fk_agendas_leader_id"),
        sa.ForeignKeyConstraint(["note_taker_id"], ["people.id"], name="fk_agendas_note_taker_id"),
        sa.UniqueConstraint("occurrence_id", name="uq_agendas_occurrence_id"),
    )
    op.create_index("ix_agendas_ritual_id", "agendas", ["ritual_id"])
    op.create_table(
        "agenda_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_entries"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_agenda_entries_workspace_id"),
        sa.ForeignKeyConstraint(["agenda_id"], ["agendas.id"], name="fk_agenda_entries_agenda_id"),
        sa.UniqueConstraint("agenda_id", "position", name="uq_agenda_entries_agenda_id_position"),
    )


def _make_topics() -> None:
    op.create_table(
        "meeting_topics",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("ritual_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid()),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("agenda_id", sa.Uuid()),
        sa.Column("removed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_topics"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_meeting_topics_workspace_id"),
        sa.ForeignKeyConstraint(["ritual_id"], ["rituals.id"], name="fk_meeting_topics_ritual_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_meeting_topics_project_id"),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_meeting_topics_author_id"),
        sa.ForeignKeyConstraint(["agenda_id"], ["agendas.id"], name="fk_meeting_topics_agenda_id"),
    )
    op.create_index(
        "ix_meeting_topics_waiting",
        "meeting_topics",
        ["ritual_id"],
        postgresql_where=IS_WAITING,
        sqlite_where=IS_WAITING,
    )
    op.create_index("ix_meeting_topics_author_id", "meeting_topics", ["author_id"])
    op.create_index("ix_meeting_topics_agenda_id", "meeting_topics", ["agenda_id"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("meeting_absences", "meeting_topics", "agenda_entries", "agendas"):
        op.drop_table(table)
