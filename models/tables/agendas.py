"""Meetings' agendas: topics that people bring, what was posted, who can't come, and what was agreed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.commands import NAME_LENGTH, TITLE_LENGTH
from models.tables.base import Base, Id, PersonId, WorkspaceId

_IS_WAITING = text("agenda_id IS NULL AND removed_at IS NULL")


class MeetingTopic(Base):
    """Something that somebody wants to talk about at a meeting.

    It waits for the next time of the ritual; ``agenda_id`` is the one at which it was on the table.
    """

    __tablename__ = "meeting_topics"
    __table_args__ = (
        Index(
            "ix_meeting_topics_waiting",
            "ritual_id",
            postgresql_where=_IS_WAITING,
            sqlite_where=_IS_WAITING,
        ),
        Index("ix_meeting_topics_author_id", "author_id"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    ritual_id: Mapped[UUID] = mapped_column(ForeignKey("rituals.id"))
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("projects.id"))
    author_id: Mapped[PersonId]
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    minutes: Mapped[int] = mapped_column(default=0)
    """How many somebody asks for; 0 for whatever is left."""
    added_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    agenda_id: Mapped[UUID | None] = mapped_column(ForeignKey("agendas.id"), index=True)
    removed_at: Mapped[datetime | None]


class Agenda(Base):
    """An agenda as it was posted; until the meeting it is drawn up anew, then it stays.

    Whose turn it was to lead and to take notes is told from these rows.
    """

    __tablename__ = "agendas"
    __table_args__ = (UniqueConstraint("occurrence_id"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    ritual_id: Mapped[UUID] = mapped_column(ForeignKey("rituals.id"), index=True)
    occurrence_id: Mapped[UUID] = mapped_column(ForeignKey("ritual_occurrences.id"))
    version: Mapped[int] = mapped_column(default=1)
    drawn_at: Mapped[datetime]
    length: Mapped[int]
    opening: Mapped[int]
    closing: Mapped[int]
    since: Mapped[date]
    changes: Mapped[list[dict[str, Any]]]
    """What changed since then, a ``{"text"}`` each."""
    quiet: Mapped[list[dict[str, Any]]]
    """The projects of which there was nothing to say, a ``{"key"}`` each."""
    leader_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    note_taker_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))


class AgendaEntry(Base):
    """One entry: a project, or a topic that belongs to none. ``minutes`` is 0 where there was no room."""

    __tablename__ = "agenda_entries"
    __table_args__ = (UniqueConstraint("agenda_id", "position"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    agenda_id: Mapped[UUID] = mapped_column(ForeignKey("agendas.id"))
    position: Mapped[int]
    matter_id: Mapped[UUID]
    """Tells the entry from the others of its agenda: the project, or the topic."""
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    """The project's short name; "" where it is about none."""
    minutes: Mapped[int]
    reasons: Mapped[list[dict[str, Any]]]


class MeetingAbsence(Base):
    """Somebody said that they can't come to a meeting."""

    __tablename__ = "meeting_absences"

    occurrence_id: Mapped[UUID] = mapped_column(ForeignKey("ritual_occurrences.id"), primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId]
    said_at: Mapped[datetime]


class MinutePoint(Base):
    """One thing that a meeting agreed: a decision, an action, or something else worth keeping.

    Every action is a record of its own, and so is a decision about a project; another decision, and what
    else is kept, is ``text`` alone.
    """

    __tablename__ = "minute_points"
    __table_args__ = (
        CheckConstraint("decision_id IS NULL OR is_decision", name="decision"),
        CheckConstraint("action_id IS NULL OR NOT is_decision", name="action"),
        Index("ix_minute_points_agenda_id_position", "agenda_id", "position"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    agenda_id: Mapped[UUID] = mapped_column(ForeignKey("agendas.id"))
    position: Mapped[int]
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("projects.id"))
    text: Mapped[str] = mapped_column(Text())
    is_decision: Mapped[bool]
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("raid_items.id"))
    action_id: Mapped[UUID | None] = mapped_column(ForeignKey("action_items.id"))
    added_by_id: Mapped[PersonId]
    added_at: Mapped[datetime]
