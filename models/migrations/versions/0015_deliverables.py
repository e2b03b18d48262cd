"""Deliverables, and whether the client accepts them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
PEOPLE = ("added_by_id", "submitted_by_id", "decided_by_id")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "deliverables",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("milestone_id", sa.Uuid()),
        sa.Column("due_on", sa.Date()),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("evidence", sa.String(500), nullable=False),
        sa.Column("submitted_on", sa.Date()),
        sa.Column("submitted_by_id", sa.Uuid()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("accepted_by", sa.String(80), nullable=False),
        sa.Column("rejection", sa.Text(), nullable=False),
        sa.Column("rejections", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_deliverables"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_deliverables_workspace_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_deliverables_project_id"),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name="fk_deliverables_milestone_id"),
        *(
            sa.ForeignKeyConstraint([person], ["people.id"], name=f"fk_deliverables_{person}")
            for person in PEOPLE
        ),
        sa.UniqueConstraint("project_id", "number", name="uq_deliverables_project_id_number"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("deliverables")
