"""Reads what screens show of projects; the number of queries does not grow with the number of rows."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, select
from sqlalchemy.orm import Session

from models.read_models import (
    Actor,
    PersonRef,
    ProjectCard,
    ProjectLine,
    ProjectPage,
    ProjectPermissions,
    ProjectView,
)
from models.rules.access import Capability, ProjectRole, may
from models.rules.projects.kinds import ProjectScope
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import LIVE
from models.services.plans.kinds import DELIVERABLES, MEASURES, MILESTONES
from models.services.plans.phase_rows import present_stay
from models.services.projects.health_checks import weeks_since_check
from models.services.projects.rows import IS_ACTIVE, required_project
from models.services.risks.rows import BAND_RANK
from models.services.risks.sight import visible_to
from models.services.standing import standing
from models.services.surveys.screens import at_a_glance
from models.tables import clients, memberships, people, projects, risks

PAGE_SIZE = 10
_BANDS = tuple(SeverityBand)

PerBand = Mapping[SeverityBand | None, int]


def card(session: Session, actor: Actor, project_id: UUID) -> ProjectCard:
    """Return the project at a glance. Raises NotFound."""
    project = required_project(session, actor.workspace_id, project_id)
    satisfaction, latest_answer = at_a_glance(session, actor, project, standing(actor, project))
    return ProjectCard(
        project=project,
        permissions=permissions(actor, project),
        per_band=open_risks(session, actor, [project_id]).get(project_id, MappingProxyType({})),
        stay=present_stay(session, actor.workspace_id, project_id),
        measures=MEASURES.of_project(session, actor.workspace_id, project_id),
        milestones=MILESTONES.of_project(session, actor.workspace_id, project_id),
        deliverables=DELIVERABLES.of_project(session, actor.workspace_id, project_id),
        weeks=weeks_since_check(session, project),
        satisfaction=satisfaction,
        latest_answer=latest_answer,
    )


def permissions(actor: Actor, project: ProjectView) -> ProjectPermissions:
    """Return what the person may do with the project."""
    held = standing(actor, project)
    is_active = not project.is_archived
    return ProjectPermissions(
        may_edit=is_active and may(held, Capability.EDIT_PROJECT),
        may_archive=may(held, Capability.ARCHIVE_PROJECT),
        may_assign=is_active and may(held, Capability.ASSIGN_ROLE),
    )


def page(session: Session, actor: Actor, scope: ProjectScope | None, number: int) -> ProjectPage:
    """Return one page of projects, by name; beyond the last page, the last one."""
    mine, everyone, archived = _totals(session, actor)
    if scope is None:
        scope = ProjectScope.MINE if mine else ProjectScope.ALL
    totals = {ProjectScope.MINE: mine, ProjectScope.ALL: everyone, ProjectScope.ARCHIVED: archived}
    total = totals[scope]
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, number), pages)
    rows = session.execute(_listed(actor, scope).offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    ids = [row.id for row in rows]
    managers = _managers(session, actor, ids)
    per_project = open_risks(session, actor, ids)
    return ProjectPage(
        lines=tuple(
            ProjectLine(
                id=row.id,
                key=row.key,
                name=row.name,
                client_name=row.client_name,
                channel_id=row.internal_channel_id,
                phase=row.phase,
                manager=managers.get(row.id),
                per_band=per_project.get(row.id, MappingProxyType({})),
                archiving_reason=row.archiving_reason,
            )
            for row in rows
        ),
        scope=scope,
        page=number,
        pages=pages,
        total=total,
        archived=archived,
    )


def open_risks(session: Session, actor: Actor, project_ids: Sequence[UUID]) -> Mapping[UUID, PerBand]:
    """Return how many of the open risks that the person may see fall in each band, project by project."""
    rank = BAND_RANK.label("rank")
    rows = session.execute(
        select(risks.c.project_id, rank, func.count().label("risks"))
        .where(
            risks.c.workspace_id == actor.workspace_id,
            risks.c.project_id.in_(project_ids),
            risks.c.status.in_(sorted(LIVE)),
            risks.c.withdrawn_at.is_(None),
            visible_to(actor),
        )
        .group_by(risks.c.project_id, rank)
    )
    found: dict[UUID, dict[SeverityBand | None, int]] = {}
    for row in rows:
        found.setdefault(row.project_id, {})[None if row.rank is None else _BANDS[row.rank]] = row.risks
    return {project_id: MappingProxyType(counts) for project_id, counts in found.items()}


def _is_mine(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        memberships.c.project_id == projects.c.id, memberships.c.person_id == actor.person.id
    )


def _totals(session: Session, actor: Actor) -> tuple[int, int, int]:
    """Return how many projects are the person's own, how many there are in all, and how many archived."""
    is_active = projects.c.archived_at.is_(None)
    row = session.execute(
        select(
            func.count(case((and_(is_active, _is_mine(actor)), 1))),
            func.count(case((is_active, 1))),
            func.count(projects.c.archived_at),
        ).where(projects.c.workspace_id == actor.workspace_id)
    ).one()
    return row[0], row[1], row[2]


def _listed(actor: Actor, scope: ProjectScope) -> Select[Any]:
    is_archived = projects.c.archived_at.is_not(None)
    conditions = [
        projects.c.workspace_id == actor.workspace_id,
        is_archived if scope is ProjectScope.ARCHIVED else ~is_archived,
    ]
    if scope is ProjectScope.MINE:
        conditions.append(_is_mine(actor))
    return (
        select(
            projects.c.id,
            projects.c.key,
            projects.c.name,
            projects.c.internal_channel_id,
            projects.c.phase,
            projects.c.archiving_reason,
            clients.c.name.label("client_name"),
        )
        .join(clients, clients.c.id == projects.c.client_id)
        .where(*conditions)
        .order_by(func.lower(projects.c.name), projects.c.key)
    )


def _managers(session: Session, actor: Actor, project_ids: Sequence[UUID]) -> Mapping[UUID, PersonRef]:
    """Return each project's manager: whoever was first given the role and still holds it."""
    rows = session.execute(
        select(memberships.c.project_id, people.c.id, people.c.slack_user_id, people.c.name)
        .join(people, people.c.id == memberships.c.person_id)
        .where(
            memberships.c.workspace_id == actor.workspace_id,
            memberships.c.project_id.in_(project_ids),
            memberships.c.role == ProjectRole.PROJECT_MANAGER,
            memberships.c.is_deputy == false(),
            IS_ACTIVE,
        )
        .order_by(memberships.c.created_at.desc(), people.c.name.desc())
    )
    return {row.project_id: PersonRef(row.id, row.slack_user_id, row.name) for row in rows}
