"""Responses to risks: what is left after them, how near a risk is, and what was told above."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORD = sa.String(40)
"""A value of a closed set."""
ADDED = ("residual_probability", "residual_impact", "proximity")


def upgrade() -> None:
    """Add the columns and the table."""
    with op.batch_alter_table("risks") as risks:
        risks.add_column(sa.Column("residual_probability", sa.Integer()))
        risks.add_column(sa.Column("residual_impact", sa.Integer()))
        risks.add_column(sa.Column("proximity", WORD))
    op.create_table(
        "escalations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("risk_id", sa.Uuid(), nullable=False),
        sa.Column("event", WORD, nullable=False),
        sa.Column("subject", WORD, nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_escalations"),
        sa.UniqueConstraint("risk_id", "event", "subject", name="uq_escalations_risk_id_event_subject"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_escalations_workspace_id"),
        sa.ForeignKeyConstraint(["risk_id"], ["risks.id"], name="fk_escalations_risk_id"),
    )


def downgrade() -> None:
    """Drop what was added."""
    op.drop_table("escalations")
    with op.batch_alter_table("risks") as risks:
        for name in ADDED:
            risks.drop_column(name)
