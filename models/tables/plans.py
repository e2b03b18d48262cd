"""What a project is to reach: its phases, measures of success, milestones and deliverables."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.commands import EVIDENCE_LENGTH, NAME_LENGTH, TARGET_LENGTH, TITLE_LENGTH
from models.rules.plans.deliverables import DeliverableState
from models.rules.plans.measures import Outcome
from models.rules.plans.phases import Phase
from models.tables.base import Base, Id, PersonId, WorkspaceId, closed_set

_IS_PRESENT = text("left_on IS NULL")


class ProjectPhase(Base):
    """A stay of a project in a phase. It is in one phase at most, whatever runs twice.

    The days are days where the project is. A stay that was taken back is deleted; the audit trail has it.
    """

    __tablename__ = "project_phases"
    __table_args__ = (
        Index(
            "ix_project_phases_present",
            "project_id",
            unique=True,
            postgresql_where=_IS_PRESENT,
            sqlite_where=_IS_PRESENT,
        ),
        Index("ix_project_phases_project_id_entered_at", "project_id", "entered_at"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    phase: Mapped[Phase] = mapped_column(closed_set(Phase))
    entered_on: Mapped[date]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[PersonId]
    reason: Mapped[str] = mapped_column(Text())
    """Why it went there, where somebody said so."""
    left_on: Mapped[date | None]
    left_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))


class SuccessMeasure(Base):
    """What tells whether a project did well. ``number`` is never used again, also after a removal."""

    __tablename__ = "success_measures"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    target: Mapped[str] = mapped_column(String(TARGET_LENGTH))
    outcome: Mapped[Outcome | None] = mapped_column(closed_set(Outcome))
    added_by_id: Mapped[PersonId]
    added_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Milestone(Base):
    """Something to be reached: agreed for a day, expected on another, done, and accepted by the client.

    The days are days where the project is.
    """

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    baseline_on: Mapped[date]
    forecast_on: Mapped[date]
    done_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    accepted_by: Mapped[str] = mapped_column(String(NAME_LENGTH))
    """Who at the client accepted it, where somebody said so."""
    added_by_id: Mapped[PersonId]
    added_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Deliverable(Base):
    """Something that the client gets, and accepts or rejects. The days are days where the project is.

    ``due_on`` is null where it is due with its milestone.
    """

    __tablename__ = "deliverables"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    milestone_id: Mapped[UUID | None] = mapped_column(ForeignKey("milestones.id"))
    due_on: Mapped[date | None]
    state: Mapped[DeliverableState] = mapped_column(closed_set(DeliverableState))
    evidence: Mapped[str] = mapped_column(String(EVIDENCE_LENGTH))
    """Where it is, or what was handed over."""
    submitted_on: Mapped[date | None]
    submitted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    """Who of us wrote down that it was accepted or rejected."""
    accepted_by: Mapped[str] = mapped_column(String(NAME_LENGTH))
    """Who at the client accepted it, where somebody said so."""
    rejection: Mapped[str] = mapped_column(Text())
    """Why it was rejected last."""
    rejections: Mapped[int]
    """How often it was rejected."""
    added_by_id: Mapped[PersonId]
    added_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
