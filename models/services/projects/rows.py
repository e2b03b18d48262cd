"""Reads projects with the people who run them, in one statement each."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, false, select
from sqlalchemy.orm import Session

from models.compiled import Statement
from models.database import Database
from models.errors import NotFound
from models.read_models import ClientRef, PersonRef, ProjectLinks, ProjectView, RoleHolder
from models.rules.access import OrganisationRole
from models.services.projects.inspected import has_health_checks
from models.tables import (
    clients,
    memberships,
    organisation_roles,
    people,
    person_settings,
    projects,
    workspaces,
)

PROJECT = "project"
"""What the audit trail and refusals call it."""


IS_ACTIVE = and_(people.c.is_deleted == false(), people.c.is_bot == false(), people.c.is_guest == false())
"""A person who can still hold a role: not gone from Slack, no bot, no guest."""
IS_OF_THE_TEAM = people.c.team_id == (
    select(workspaces.c.team_id).where(workspaces.c.id == people.c.workspace_id).scalar_subquery()
)

_SELECT = (
    select(
        projects.c.id,
        projects.c.key,
        projects.c.name,
        projects.c.internal_channel_id,
        projects.c.client_channel_id,
        projects.c.timezone,
        projects.c.archived_at,
        projects.c.version,
        projects.c.kind,
        projects.c.delivery_mode,
        projects.c.phase,
        projects.c.starts_on,
        projects.c.planned_end_on,
        projects.c.board_url,
        projects.c.jira_url,
        projects.c.notes_url,
        projects.c.archiving_reason,
        projects.c.risks_logged,
        projects.c.raid_logged,
        has_health_checks().label("has_health_checks"),
        projects.c.health_checked_on,
        clients.c.id.label("client_id"),
        clients.c.name.label("client_name"),
        memberships.c.role,
        memberships.c.is_deputy,
        memberships.c.created_at.label("given_at"),
        people.c.id.label("person_id"),
        people.c.slack_user_id,
        people.c.name.label("person_name"),
        person_settings.c.away_until,
    )
    .join(clients, clients.c.id == projects.c.client_id)
    .outerjoin(memberships, memberships.c.project_id == projects.c.id)
    .outerjoin(people, and_(people.c.id == memberships.c.person_id, IS_ACTIVE))
    .outerjoin(person_settings, person_settings.c.person_id == people.c.id)
)


@cache
def _select_by(column: str) -> Select[Any]:
    """Return the statement, made once: making it anew takes longer than SQLite takes to run it."""
    return _SELECT.where(
        projects.c.workspace_id == bindparam("workspace"), projects.c[column] == bindparam("wanted")
    )


IN_CHANNEL = Statement(lambda _dialect: _select_by("internal_channel_id"))
"""The rows of a ``workspace``'s project of the internal channel that is ``wanted``."""


def project_by(session: Session, workspace_id: UUID, column: str, wanted: UUID | str) -> ProjectView | None:
    """Return the workspace's project by a unique column: "id", "key" or "internal_channel_id"."""
    values = {"workspace": workspace_id, "wanted": wanted}
    return project_of(session.connection().execute(_select_by(column), values).all())


def project_in_channel(database: Database, workspace_id: UUID, channel_id: str) -> ProjectView | None:
    """Return the workspace's project of that internal channel, outside any transaction."""
    return project_of(database.look_directly(IN_CHANNEL, {"workspace": workspace_id, "wanted": channel_id}))


def project_of(rows: Sequence[Any]) -> ProjectView | None:
    """Return the project of its rows, of which there is one for each role, in any order."""
    if not rows:
        return None
    first = rows[0]
    held = [row for row in rows if row.person_id is not None]
    return ProjectView(
        id=first.id,
        key=first.key,
        name=first.name,
        client=ClientRef(first.client_id, first.client_name),
        internal_channel_id=first.internal_channel_id,
        client_channel_id=first.client_channel_id,
        timezone=first.timezone,
        roles=tuple(
            RoleHolder(
                PersonRef(row.person_id, row.slack_user_id, row.person_name),
                row.role,
                row.is_deputy,
                row.away_until,
            )
            for row in sorted(held, key=lambda row: (row.given_at, row.person_name))
        ),
        is_archived=first.archived_at is not None,
        version=first.version,
        kind=first.kind,
        delivery_mode=first.delivery_mode,
        phase=first.phase,
        starts_on=first.starts_on,
        planned_end_on=first.planned_end_on,
        links=ProjectLinks(board=first.board_url, jira=first.jira_url, notes=first.notes_url),
        archiving_reason=first.archiving_reason,
        risks_logged=first.risks_logged,
        raid_logged=first.raid_logged,
        has_health_checks=first.has_health_checks,
        health_checked_on=first.health_checked_on,
    )


def required_project(session: Session, workspace_id: UUID, project_id: UUID) -> ProjectView:
    """Return the workspace's project of that id. Raises NotFound."""
    project = project_by(session, workspace_id, "id", project_id)
    if project is None:
        raise NotFound(PROJECT, str(project_id))
    return project


def required_projects(
    session: Session, workspace_id: UUID, project_ids: Sequence[UUID]
) -> tuple[ProjectView, ...]:
    """Return the workspace's projects of these ids, in their order, by one statement. Raises NotFound."""
    if not project_ids:
        return ()
    wanted = _SELECT.where(projects.c.workspace_id == workspace_id, projects.c.id.in_(project_ids))
    rows = session.connection().execute(wanted).all()
    found = {each: project_of([row for row in rows if row.id == each]) for each in project_ids}
    for project_id, project in found.items():
        if project is None:
            raise NotFound(PROJECT, str(project_id))
    return tuple(filter(None, found.values()))


def delivery_managers(session: Session, workspace_id: UUID) -> tuple[PersonRef, ...]:
    """Return the workspace's delivery managers."""
    rows = session.connection().execute(
        select(people.c.id, people.c.slack_user_id, people.c.name)
        .join(organisation_roles, organisation_roles.c.person_id == people.c.id)
        .where(
            organisation_roles.c.workspace_id == workspace_id,
            organisation_roles.c.role == OrganisationRole.DELIVERY_MANAGER,
            IS_ACTIVE,
        )
        .order_by(people.c.name)
    )
    return tuple(PersonRef(row.id, row.slack_user_id, row.name) for row in rows)


def colleague(session: Session, workspace_id: UUID, person_id: UUID) -> PersonRef | None:
    """Return somebody of this workspace who may be given a role or a risk; None for everybody else."""
    row = (
        session.connection()
        .execute(
            select(people.c.id, people.c.slack_user_id, people.c.name).where(
                people.c.workspace_id == workspace_id, people.c.id == person_id, IS_ACTIVE, IS_OF_THE_TEAM
            )
        )
        .one_or_none()
    )
    return PersonRef(row.id, row.slack_user_id, row.name) if row else None


def why_no_colleague(session: Session, workspace_id: UUID, person_id: UUID) -> str:
    """Return what keeps a person from being one, as in "is a guest here"."""
    row = (
        session.connection()
        .execute(
            select(people.c.is_deleted, people.c.is_bot, people.c.is_guest).where(
                people.c.workspace_id == workspace_id, people.c.id == person_id
            )
        )
        .one_or_none()
    )
    if row is None or row.is_deleted:
        return "is not in Slack any more"
    if row.is_bot:
        return "is a bot"
    return "is a guest here" if row.is_guest else "is from another company"
