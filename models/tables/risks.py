"""The risk register's rows."""

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from models.commands import TITLE_LENGTH, URL_LENGTH
from models.rules.risks.escalation import EscalationEvent
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import Proximity, ResponseStrategy, RiskCategory, RiskKind, Visibility
from models.tables.base import UtcDateTime, closed_set, metadata, optional, own_id, required, workspace_id

_OWNED = text("owner_id IS NOT NULL")


risks = Table(
    "risks",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("number", Integer),
    required("version", Integer, default=1),
    required("kind", closed_set(RiskKind)),
    required("status", closed_set(RiskStatus)),
    required("visibility", closed_set(Visibility)),
    required("title", String(TITLE_LENGTH)),
    required("cause", Text),
    required("effect", Text),
    optional("category", closed_set(RiskCategory)),
    optional("probability", Integer),
    optional("impact", Integer),
    optional("residual_probability", Integer),
    optional("residual_impact", Integer),
    optional("proximity", closed_set(Proximity)),
    optional("strategy", closed_set(ResponseStrategy)),
    optional("owner_id", ForeignKey("people.id")),
    required("raised_by_id", ForeignKey("people.id")),
    required("raised_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    optional("due_on", Date),
    optional("next_review_on", Date),
    # Who waits for a delivery manager to accept it.
    optional("acceptance_asked_by_id", ForeignKey("people.id")),
    required("closing_reason", Text),
    # The message that it was made of.
    optional("source_url", String(URL_LENGTH)),
    optional("withdrawn_at", UtcDateTime),
    UniqueConstraint("project_id", "number"),
    Index("ix_risks_workspace_id_status", "workspace_id", "status"),
    Index("ix_risks_owner_id", "owner_id", postgresql_where=_OWNED, sqlite_where=_OWNED),
)
"""A risk as it stands now; ``version`` grows with every change, the audit trail keeps what it was."""


escalations = Table(
    "escalations",
    metadata,
    own_id(),
    workspace_id(),
    required("risk_id", ForeignKey("risks.id")),
    required("event", closed_set(EscalationEvent)),
    required("subject", String(40)),
    required("raised_at", UtcDateTime),
    UniqueConstraint("risk_id", "event", "subject"),
)
"""A risk was told above the project because of one event; ``subject`` tells its repetitions apart."""
