"""How projects stand, period by period: statuses with all their versions, plans back to green, drafts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.commands.statuses import CRITERIA_LENGTH, HEADLINE_LENGTH, STEP_LENGTH
from models.rules.statuses.inside import Inside
from models.rules.statuses.periods import Cadence
from models.rules.statuses.rag import Colour, Dimension
from models.tables.base import Base, Id, PersonId, WorkspaceId, closed_set

_OPEN = text("closed_at IS NULL")


class StatusUpdate(Base):
    """A project's status of one period; ``version`` names the version that stands.

    ``submitted_at`` and ``is_late`` are of the first version, and stay as they are.
    """

    __tablename__ = "status_updates"
    __table_args__ = (
        UniqueConstraint("project_id", "cadence", "starts_on"),
        Index("ix_status_updates_workspace_id_starts_on", "workspace_id", "starts_on"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    cadence: Mapped[Cadence] = mapped_column(closed_set(Cadence))
    starts_on: Mapped[date]
    version: Mapped[int]
    submitted_by_id: Mapped[PersonId]
    submitted_at: Mapped[datetime]
    is_late: Mapped[bool]


class StatusVersion(Base):
    """What a status said once; an edit adds a version, and the ones before stay."""

    __tablename__ = "status_versions"
    __table_args__ = (UniqueConstraint("status_id", "number"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    status_id: Mapped[UUID] = mapped_column(ForeignKey("status_updates.id"))
    number: Mapped[int]
    author_id: Mapped[PersonId]
    written_at: Mapped[datetime]
    headline: Mapped[str] = mapped_column(String(HEADLINE_LENGTH))
    done: Mapped[str] = mapped_column(Text())
    coming: Mapped[str] = mapped_column(Text())
    decision: Mapped[str] = mapped_column(Text())
    declared: Mapped[Colour] = mapped_column(closed_set(Colour))
    computed: Mapped[Colour] = mapped_column(closed_set(Colour))
    override_reason: Mapped[str] = mapped_column(Text())
    inside: Mapped[Inside] = mapped_column(closed_set(Inside))
    findings: Mapped[list[dict[str, Any]]]
    """What the looks inside found when it was written."""
    justification: Mapped[str] = mapped_column(Text())


class StatusDimension(Base):
    """One dimension as a version said it, with the plan as it was then."""

    __tablename__ = "status_dimensions"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("status_versions.id"), primary_key=True)
    dimension: Mapped[Dimension] = mapped_column(closed_set(Dimension), primary_key=True)
    workspace_id: Mapped[WorkspaceId]
    colour: Mapped[Colour] = mapped_column(closed_set(Colour))
    step: Mapped[str] = mapped_column(String(STEP_LENGTH))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date | None]
    criteria: Mapped[str] = mapped_column(String(CRITERIA_LENGTH))
    target_on: Mapped[date | None]
    slips: Mapped[int]


class BackToGreenPlan(Base):
    """How a dimension gets back to green; it goes on from status to status until the dimension is green.

    A dimension has one open plan at most, whatever runs twice. ``step_id`` is the action that is under way.
    """

    __tablename__ = "back_to_green_plans"
    __table_args__ = (
        Index(
            "ix_back_to_green_plans_open",
            "project_id",
            "dimension",
            unique=True,
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    dimension: Mapped[Dimension] = mapped_column(closed_set(Dimension))
    step: Mapped[str] = mapped_column(String(STEP_LENGTH))
    step_id: Mapped[UUID] = mapped_column(ForeignKey("action_items.id"))
    owner_id: Mapped[PersonId]
    due_on: Mapped[date]
    criteria: Mapped[str] = mapped_column(String(CRITERIA_LENGTH))
    target_on: Mapped[date]
    slips: Mapped[int]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class StatusDraft(Base):
    """What somebody has filled in of a status and not sent yet."""

    __tablename__ = "status_drafts"

    person_id: Mapped[PersonId] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    starts_on: Mapped[date] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId]
    filled_in: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]
