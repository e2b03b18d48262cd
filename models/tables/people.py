"""Workspaces, the people in them, and their roles in the organisation."""

from datetime import date, datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.rules.access import OrganisationRole
from models.rules.mornings.paces import Pace
from models.rules.rituals.workdays import WorkingWeek
from models.tables.base import Base, Id, PersonId, SlackId, WorkspaceId, closed_set


class Workspace(Base):
    """One Slack installation. ``enterprise_id`` is "" outside Enterprise Grid, for a null defeats UNIQUE."""

    __tablename__ = "workspaces"
    __table_args__ = (UniqueConstraint("enterprise_id", "team_id"),)

    id: Mapped[Id]
    enterprise_id: Mapped[SlackId]
    team_id: Mapped[SlackId]
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class Person(Base):
    """Somebody seen in a workspace, as Slack described them at ``checked_at``.

    Since ``forgotten_at``, name and zone stay as they are.
    """

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("workspace_id", "slack_user_id"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    slack_user_id: Mapped[SlackId]
    team_id: Mapped[SlackId]
    name: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(60))
    is_guest: Mapped[bool]
    is_bot: Mapped[bool]
    is_deleted: Mapped[bool]
    is_workspace_admin: Mapped[bool]
    checked_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]


class PersonSettings(Base):
    """What a person wishes of the bot. Without a row, they wish nothing in particular.

    ``quiet_from`` and ``quiet_until`` are minutes after midnight where the person is, both or neither;
    ``away_until`` is the last day of an absence, ``pace`` how much they want to hear and ``week`` when
    they work, null for the usual.
    """

    __tablename__ = "person_settings"

    person_id: Mapped[PersonId] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId] = mapped_column(index=True)
    version: Mapped[int]
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    away_until: Mapped[date | None]
    pace: Mapped[Pace | None] = mapped_column(closed_set(Pace))
    week: Mapped[WorkingWeek | None] = mapped_column(closed_set(WorkingWeek))


class HomeVisit(Base):
    """When a person last came to their home in Slack, which they may still have before them."""

    __tablename__ = "home_visits"

    person_id: Mapped[PersonId] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId] = mapped_column(index=True)
    visited_at: Mapped[datetime]


class OrganisationRoleGrant(Base):
    """A person holds a role in the whole workspace."""

    __tablename__ = "organisation_roles"

    person_id: Mapped[PersonId] = mapped_column(primary_key=True)
    role: Mapped[OrganisationRole] = mapped_column(closed_set(OrganisationRole), primary_key=True)
    workspace_id: Mapped[WorkspaceId] = mapped_column(index=True)
    granted_at: Mapped[datetime]
