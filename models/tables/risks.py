"""The risk register's rows."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.commands import TITLE_LENGTH, URL_LENGTH
from models.rules.risks.escalation import EscalationEvent
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import Proximity, ResponseStrategy, RiskCategory, RiskKind, Visibility
from models.tables.base import Base, Id, PersonId, WorkspaceId, closed_set

_OWNED = text("owner_id IS NOT NULL")


class Risk(Base):
    """A risk as it stands now; ``version`` grows with every change, the audit trail keeps what it was."""

    __tablename__ = "risks"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        Index("ix_risks_workspace_id_status", "workspace_id", "status"),
        Index("ix_risks_owner_id", "owner_id", postgresql_where=_OWNED, sqlite_where=_OWNED),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[RiskKind] = mapped_column(closed_set(RiskKind))
    status: Mapped[RiskStatus] = mapped_column(closed_set(RiskStatus))
    visibility: Mapped[Visibility] = mapped_column(closed_set(Visibility))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    cause: Mapped[str] = mapped_column(Text())
    effect: Mapped[str] = mapped_column(Text())
    category: Mapped[RiskCategory | None] = mapped_column(closed_set(RiskCategory))
    probability: Mapped[int | None]
    impact: Mapped[int | None]
    residual_probability: Mapped[int | None]
    residual_impact: Mapped[int | None]
    proximity: Mapped[Proximity | None] = mapped_column(closed_set(Proximity))
    strategy: Mapped[ResponseStrategy | None] = mapped_column(closed_set(ResponseStrategy))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    raised_by_id: Mapped[PersonId]
    raised_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    due_on: Mapped[date | None]
    next_review_on: Mapped[date | None]
    acceptance_asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    """Who waits for a delivery manager to accept it."""
    closing_reason: Mapped[str] = mapped_column(Text())
    source_url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    """The message that it was made of."""
    withdrawn_at: Mapped[datetime | None]


class Escalation(Base):
    """A risk was told above the project because of one event; ``subject`` tells its repetitions apart."""

    __tablename__ = "escalations"
    __table_args__ = (UniqueConstraint("risk_id", "event", "subject"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    risk_id: Mapped[UUID] = mapped_column(ForeignKey("risks.id"))
    event: Mapped[EscalationEvent] = mapped_column(closed_set(EscalationEvent))
    subject: Mapped[str] = mapped_column(String(40))
    raised_at: Mapped[datetime]
