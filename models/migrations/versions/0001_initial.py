"""People, projects, risks, the audit trail and the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
WORD = sa.String(40)
"""A value of a closed set, or an id of Slack's."""
UNIQUE_KEY = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")
UNSETTLED = sa.text("state IN ('pending', 'sending')")

TABLES = (
    "workspaces",
    "people",
    "organisation_roles",
    "clients",
    "projects",
    "memberships",
    "risks",
    "audit_entries",
    "handled_deliveries",
    "lanes",
    "method_pauses",
    "outbox_messages",
)


def upgrade() -> None:
    """Make every table."""
    _make_people()
    _make_projects()
    _make_risks()
    _make_audit_trail()
    _make_outbox()


def downgrade() -> None:
    """Drop every table, those that refer to others first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_people() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", WORD, nullable=False),
        sa.Column("team_id", WORD, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
        sa.UniqueConstraint("enterprise_id", "team_id", name="uq_workspaces_enterprise_id_team_id"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("slack_user_id", WORD, nullable=False),
        sa.Column("team_id", WORD, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("timezone", sa.String(60), nullable=False),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.Column("is_workspace_admin", sa.Boolean(), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_people_workspace_id"),
        sa.UniqueConstraint("workspace_id", "slack_user_id", name="uq_people_workspace_id_slack_user_id"),
    )
    op.create_table(
        "organisation_roles",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "role", name="pk_organisation_roles"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_organisation_roles_person_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_organisation_roles_workspace_id"
        ),
    )
    op.create_index("ix_organisation_roles_workspace_id", "organisation_roles", ["workspace_id"])


def _make_projects() -> None:
    op.create_table(
        "clients",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clients"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_clients_workspace_id"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_clients_workspace_id_name"),
    )
    op.create_table(
        "projects",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(10), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("internal_channel_id", WORD, nullable=False),
        sa.Column("client_channel_id", WORD),
        sa.Column("timezone", sa.String(60), nullable=False),
        sa.Column("risks_logged", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("archived_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_projects"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_projects_workspace_id"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_projects_client_id"),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_projects_created_by"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_projects_workspace_id_key"),
        sa.UniqueConstraint(
            "workspace_id", "internal_channel_id", name="uq_projects_workspace_id_internal_channel_id"
        ),
    )
    op.create_index("ix_projects_client_id", "projects", ["client_id"])
    op.create_table(
        "memberships",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("is_deputy", sa.Boolean(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("project_id", "person_id", "role", name="pk_memberships"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_memberships_project_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_memberships_person_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_memberships_workspace_id"),
    )
    op.create_index("ix_memberships_person_id", "memberships", ["person_id"])
    op.create_index("ix_memberships_workspace_id", "memberships", ["workspace_id"])


def _make_risks() -> None:
    op.create_table(
        "risks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("visibility", WORD, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("category", WORD),
        sa.Column("probability", sa.Integer()),
        sa.Column("impact", sa.Integer()),
        sa.Column("strategy", WORD),
        sa.Column("owner_id", sa.Uuid()),
        sa.Column("raised_by_id", sa.Uuid(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("next_review_on", sa.Date()),
        sa.Column("closing_reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_risks"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_risks_workspace_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_risks_project_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name="fk_risks_owner_id"),
        sa.ForeignKeyConstraint(["raised_by_id"], ["people.id"], name="fk_risks_raised_by_id"),
        sa.UniqueConstraint("project_id", "number", name="uq_risks_project_id_number"),
    )
    op.create_index("ix_risks_workspace_id_status", "risks", ["workspace_id", "status"])
    owned = sa.text("owner_id IS NOT NULL")
    op.create_index("ix_risks_owner_id", "risks", ["owner_id"], postgresql_where=owned, sqlite_where=owned)


def _make_audit_trail() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("entity", WORD, nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("action", WORD, nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("correlation_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_audit_entries_workspace_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_audit_entries_person_id"),
    )
    op.create_index("ix_audit_entries_entity_id_id", "audit_entries", ["entity_id", "id"])
    op.create_table(
        "handled_deliveries",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("receipt", sa.String(255), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("handled_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "receipt", name="pk_handled_deliveries"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_handled_deliveries_workspace_id"
        ),
        sqlite_with_rowid=False,
    )


def _make_outbox() -> None:
    op.create_table(
        "lanes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", WORD, nullable=False),
        sa.Column("next_send_at", MOMENT, nullable=False),
        sa.Column("leased_by", sa.String(80)),
        sa.Column("leased_until", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_lanes"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_lanes_workspace_id"),
        sa.UniqueConstraint("workspace_id", "channel_id", name="uq_lanes_workspace_id_channel_id"),
    )
    op.create_index("ix_lanes_next_send_at", "lanes", ["next_send_at"])
    op.create_table(
        "method_pauses",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.String(60), nullable=False),
        sa.Column("paused_until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "method", name="pk_method_pauses"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_method_pauses_workspace_id"),
    )
    op.create_table(
        "outbox_messages",
        sa.Column("id", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("lane_id", sa.Uuid(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("operation", WORD, nullable=False),
        sa.Column("ids", JSON, nullable=False),
        sa.Column("unique_key", UNIQUE_KEY, nullable=False),
        sa.Column("depends_on_id", SEQUENCE),
        sa.Column("recipient_id", WORD),
        sa.Column("correlation_id", sa.String(64), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_tried_at", MOMENT),
        sa.Column("next_try_at", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.Column("sent_channel_id", WORD),
        sa.Column("sent_ts", WORD),
        sa.Column("last_error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_messages"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_outbox_messages_workspace_id"),
        sa.ForeignKeyConstraint(["lane_id"], ["lanes.id"], name="fk_outbox_messages_lane_id"),
        sa.ForeignKeyConstraint(
            ["depends_on_id"], ["outbox_messages.id"], name="fk_outbox_messages_depends_on_id"
        ),
        sa.UniqueConstraint("workspace_id", "unique_key", name="uq_outbox_messages_workspace_id_unique_key"),
    )
    dependent = sa.text("depends_on_id IS NOT NULL")
    op.create_index(
        "ix_outbox_messages_depends_on_id",
        "outbox_messages",
        ["depends_on_id"],
        postgresql_where=dependent,
        sqlite_where=dependent,
    )
    op.create_index(
        "ix_outbox_messages_unsettled",
        "outbox_messages",
        ["lane_id", "id"],
        postgresql_where=UNSETTLED,
        sqlite_where=UNSETTLED,
    )
