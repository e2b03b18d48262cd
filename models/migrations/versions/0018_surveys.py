"""Whom we may ask how satisfied they are, what they were asked, and what they answered."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(40)
"""A value of a closed set."""
TABLES = ("client_contacts", "surveys", "survey_invitations", "survey_answers")
PARTIAL = (
    ("client_contacts", "email", ["client_id", "email"], "removed_at IS NULL AND email <> ''", True),
    (
        "client_contacts",
        "person_id",
        ["client_id", "person_id"],
        "removed_at IS NULL AND person_id IS NOT NULL",
        True,
    ),
    ("survey_invitations", "next_due_at", ["next_due_at"], "next_due_at IS NOT NULL", False),
    ("survey_answers", "invitation_id", ["invitation_id"], "withdrawn_at IS NULL", True),
    ("survey_answers", "next_due_at", ["next_due_at"], "next_due_at IS NOT NULL", False),
)


def upgrade() -> None:
    """Make the four tables."""
    _make_contacts()
    _make_surveys()
    _make_invitations()
    _make_answers()
    for table, name, columns, condition, is_unique in PARTIAL:
        where = sa.text(condition)
        op.create_index(
            f"ix_{table}_{name}",
            table,
            columns,
            unique=is_unique,
            postgresql_where=where,
            sqlite_where=where,
        )


def downgrade() -> None:
    """Drop them, those that refer to others first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def _make_contacts() -> None:
    op.create_table(
        "client_contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("role", sa.String(80), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("basis", WORD),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("basis_on", sa.Date()),
        sa.Column("country", sa.String(60), nullable=False),
        sa.Column("opted_out_on", sa.Date()),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_client_contacts"),
        _refers("client_contacts", "workspace_id", "workspaces"),
        _refers("client_contacts", "client_id", "clients"),
        _refers("client_contacts", "person_id", "people"),
        _refers("client_contacts", "added_by_id", "people"),
    )
    op.create_index(
        "ix_client_contacts_workspace_id_client_id", "client_contacts", ["workspace_id", "client_id"]
    )


def _make_surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("trigger", WORD, nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("about", sa.String(100), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_surveys"),
        sa.UniqueConstraint("project_id", "trigger", "subject", name="uq_surveys_project_id_trigger_subject"),
        _refers("surveys", "workspace_id", "workspaces"),
        _refers("surveys", "project_id", "projects"),
    )


def _make_invitations() -> None:
    op.create_table(
        "survey_invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("way", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("closes_at", MOMENT),
        sa.Column("next_due_at", MOMENT),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_survey_invitations"),
        sa.UniqueConstraint("survey_id", "contact_id", name="uq_survey_invitations_survey_id_contact_id"),
        _refers("survey_invitations", "workspace_id", "workspaces"),
        _refers("survey_invitations", "survey_id", "surveys"),
        _refers("survey_invitations", "contact_id", "client_contacts"),
        _refers("survey_invitations", "sender_id", "people"),
    )
    op.create_index(
        "ix_survey_invitations_contact_id_asked_on", "survey_invitations", ["contact_id", "asked_on"]
    )


def _make_answers() -> None:
    op.create_table(
        "survey_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.Column("recorded_by_id", sa.Uuid()),
        sa.Column("action_id", sa.Uuid()),
        sa.Column("contacted_at", MOMENT),
        sa.Column("contacted_by_id", sa.Uuid()),
        sa.Column("next_due_at", MOMENT),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_survey_answers"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_survey_answers_rating"),
        _refers("survey_answers", "workspace_id", "workspaces"),
        _refers("survey_answers", "invitation_id", "survey_invitations"),
        _refers("survey_answers", "recorded_by_id", "people"),
        _refers("survey_answers", "action_id", "action_items"),
        _refers("survey_answers", "contacted_by_id", "people"),
    )
    op.create_index(
        "ix_survey_answers_recorded_by_id_answered_at", "survey_answers", ["recorded_by_id", "answered_at"]
    )
