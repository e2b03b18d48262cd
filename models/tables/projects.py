"""Clients, their projects, and who does what on them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.rules.access import ProjectRole
from models.rules.plans.phases import Phase
from models.rules.projects.kinds import LINK_LENGTH, DeliveryMode, ProjectKind
from models.tables.base import SLACK_ID_LENGTH, Base, Id, PersonId, SlackId, WorkspaceId, closed_set


class Client(Base):
    """A company that Drumbeat's users work for."""

    __tablename__ = "clients"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]


class Project(Base):
    """A piece of work for a client.

    ``risks_logged`` counts the risks ever numbered, ``raid_logged`` all else that is numbered.
    ``version`` grows with every change of what a person may set on it, and with its archiving.
    """

    __tablename__ = "projects"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        UniqueConstraint("workspace_id", "internal_channel_id"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id"), index=True)
    key: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    internal_channel_id: Mapped[SlackId]
    client_channel_id: Mapped[str | None] = mapped_column(String(SLACK_ID_LENGTH))
    timezone: Mapped[str] = mapped_column(String(60))
    risks_logged: Mapped[int] = mapped_column(default=0)
    raid_logged: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[PersonId]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[ProjectKind] = mapped_column(closed_set(ProjectKind), default=ProjectKind.MANAGED)
    delivery_mode: Mapped[DeliveryMode] = mapped_column(
        closed_set(DeliveryMode), default=DeliveryMode.ITERATIVE
    )
    phase: Mapped[Phase | None] = mapped_column(closed_set(Phase))
    starts_on: Mapped[date | None]
    planned_end_on: Mapped[date | None]
    board_url: Mapped[str] = mapped_column(String(LINK_LENGTH), default="")
    jira_url: Mapped[str] = mapped_column(String(LINK_LENGTH), default="")
    notes_url: Mapped[str] = mapped_column(String(LINK_LENGTH), default="")
    archiving_reason: Mapped[str] = mapped_column(Text(), default="")
    health_checked_on: Mapped[date | None]
    """The day of the last delivery health check, where the project is."""


class Membership(Base):
    """A person's role on a project; a deputy may do the same as the holder."""

    __tablename__ = "memberships"

    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(primary_key=True, index=True)
    role: Mapped[ProjectRole] = mapped_column(closed_set(ProjectRole), primary_key=True)
    is_deputy: Mapped[bool] = mapped_column(default=False)
    workspace_id: Mapped[WorkspaceId] = mapped_column(index=True)
    created_at: Mapped[datetime]


class ProjectColleague(Base):
    """A guest whom a project marks as a colleague: nothing is held back because they read along."""

    __tablename__ = "project_colleagues"

    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(primary_key=True, index=True)
    workspace_id: Mapped[WorkspaceId] = mapped_column(index=True)
    marked_by_id: Mapped[PersonId]
    marked_at: Mapped[datetime]
