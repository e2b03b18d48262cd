"""Rituals, each time they come round, and the steps of each time."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.steps import OccurrenceState, RitualState, StepState
from models.tables.base import SLACK_ID_LENGTH, Base, Id, PersonId, WorkspaceId, closed_set

_HAS_NEXT = text("next_due_at IS NOT NULL")
_IS_WAITING = text("state = 'waiting'")
_IS_EVERYBODYS = text("project_id IS NULL")


class Ritual(Base):
    """Something that comes round by wall time in a place.

    ``kind`` names a file in ``scheduled/rituals``. ``recurrence`` is a rule as data, or {"around": another
    ritual's id, "working_days", "at"}. ``next_due_at`` is when the first step of the next time that is not
    planned yet is due, null where none comes; ``planned_through`` the name of the last planned time.
    ``settings`` are the kind's own.
    """

    __tablename__ = "rituals"
    __table_args__ = (
        Index(
            "ix_rituals_next_due_at",
            "next_due_at",
            postgresql_where=_HAS_NEXT,
            sqlite_where=_HAS_NEXT,
        ),
        Index("ix_rituals_workspace_id_kind", "workspace_id", "kind"),
        Index("ix_rituals_project_id", "project_id"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("projects.id"))
    channel_id: Mapped[str | None] = mapped_column(String(SLACK_ID_LENGTH))
    owner_id: Mapped[PersonId]
    timezone: Mapped[str] = mapped_column(String(60))
    recurrence: Mapped[dict[str, Any]]
    on_holiday: Mapped[OnHoliday] = mapped_column(closed_set(OnHoliday))
    country: Mapped[str | None] = mapped_column(String(10))
    duration_minutes: Mapped[int] = mapped_column(default=0)
    settings: Mapped[dict[str, Any]]
    state: Mapped[RitualState] = mapped_column(closed_set(RitualState))
    resumes_on: Mapped[date | None]
    """The end of a pause that has one: the first day on which it comes round again."""
    version: Mapped[int] = mapped_column(default=1)
    next_due_at: Mapped[datetime | None]
    planned_through: Mapped[str] = mapped_column(String(16))
    created_by: Mapped[PersonId]
    created_at: Mapped[datetime]


class RitualOccurrence(Base):
    """One time that a ritual comes round, named by the naive local time that its rule says.

    The name changes with the rule only, so that new time zone data or another list of holidays neither
    doubles nor loses one. ``starts_at`` is derived from it, or from ``put_off_to``, the naive local time to
    which somebody put it off.
    """

    __tablename__ = "ritual_occurrences"
    __table_args__ = (
        UniqueConstraint("ritual_id", "name"),
        Index("ix_ritual_occurrences_workspace_id_starts_at", "workspace_id", "starts_at"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    ritual_id: Mapped[UUID] = mapped_column(ForeignKey("rituals.id"))
    name: Mapped[str] = mapped_column(String(16))
    starts_at: Mapped[datetime]
    put_off_to: Mapped[str | None] = mapped_column(String(16))
    state: Mapped[OccurrenceState] = mapped_column(closed_set(OccurrenceState))
    version: Mapped[int] = mapped_column(default=1)
    is_extra: Mapped[bool] = mapped_column(default=False)
    """Whether a person asked for it besides what the rule says."""


class RitualStep(Base):
    """One thing to be done for one time of a ritual; ``kind`` names one of its ritual's steps."""

    __tablename__ = "ritual_steps"
    __table_args__ = (
        UniqueConstraint("occurrence_id", "kind"),
        Index(
            "ix_ritual_steps_due_at",
            "due_at",
            postgresql_where=_IS_WAITING,
            sqlite_where=_IS_WAITING,
        ),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    occurrence_id: Mapped[UUID] = mapped_column(ForeignKey("ritual_occurrences.id"))
    kind: Mapped[str] = mapped_column(String(40))
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """The end of its grace: later than this it is missed."""
    state: Mapped[StepState] = mapped_column(closed_set(StepState))
    settled_at: Mapped[datetime | None]


class DayOff(Base):
    """A day on which nobody works: on one project, or everywhere where ``project_id`` is null."""

    __tablename__ = "days_off"
    # A null defeats UNIQUE, so days that are everybody's have an index of their own.
    __table_args__ = (
        Index(
            "uq_days_off_workspace_id_day",
            "workspace_id",
            "day",
            unique=True,
            postgresql_where=_IS_EVERYBODYS,
            sqlite_where=_IS_EVERYBODYS,
        ),
        Index("uq_days_off_project_id_day", "project_id", "day", unique=True),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("projects.id"))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(80))
