"""What a person was told in the morning: one row for each person and day, and one for each thing named."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Id, PersonId, WorkspaceId


class Morning(Base):
    """A person's day, looked at once. Where there was nothing to say, it has no items and no message.

    ``later_at`` is when it comes once more because the person asked for that; ``is_unfolded`` is set once
    they asked for all of its lines.
    """

    __tablename__ = "mornings"
    __table_args__ = (UniqueConstraint("person_id", "day"), Index("ix_mornings_planned_at", "planned_at"))

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    person_id: Mapped[PersonId]
    day: Mapped[date]
    planned_at: Mapped[datetime]
    later_at: Mapped[datetime | None]
    is_unfolded: Mapped[bool] = mapped_column(default=False)


class MorningItem(Base):
    """One thing that a morning names: what it is about, and which contribution draws it.

    ``detail`` holds ids and days, never a text.
    """

    __tablename__ = "morning_items"
    __table_args__ = (Index("ix_morning_items_entity_id", "entity_id"),)

    morning_id: Mapped[UUID] = mapped_column(ForeignKey("mornings.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId]
    contribution: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[UUID]
    detail: Mapped[dict[str, Any]]
