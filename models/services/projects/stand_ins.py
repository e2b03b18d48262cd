"""Who stands in for somebody on the projects that they manage, and where it is somebody's turn to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, not_, or_, select
from sqlalchemy.orm import Session

from models.read_models import Actor, RoleHolder, StandIns
from models.rules.access import LEADING_ROLES, Capability, ProjectRole
from models.services.projects.role_holders import holders_of
from models.services.projects.rows import IS_ACTIVE
from models.services.standing import able, is_here, leads
from models.tables import memberships, people, person_settings, projects

_others = memberships.alias("others")


def turns_of(actor: Actor, roles: Collection[ProjectRole], today: date) -> Select[tuple[UUID]]:
    """Return the projects on which it is the person's turn among those roles: as ``standing.leads`` says.

    That is the manager's, else a deputy's, else another's; whoever is away is passed over.
    """
    first = (
        select(_others.c.person_id)
        .join(people, people.c.id == _others.c.person_id)
        .outerjoin(person_settings, person_settings.c.person_id == _others.c.person_id)
        .where(
            _others.c.project_id == memberships.c.project_id,
            _others.c.role.in_(roles),
            _place(_others) < _place(memberships),
            or_(person_settings.c.away_until.is_(None), person_settings.c.away_until < today),
            IS_ACTIVE,
        )
        .correlate(memberships)
        .exists()
    )
    return select(memberships.c.project_id).where(
        memberships.c.person_id == actor.person.id, memberships.c.role.in_(roles), not_(first)
    )


def _place(held: FromClause) -> ColumnElement[int]:
    manages = held.c.role == ProjectRole.PROJECT_MANAGER
    return case((and_(manages, held.c.is_deputy.is_(False)), 0), (manages, 1), else_=2)


def stand_ins(session: Session, actor: Actor, on: date) -> Mapping[str, StandIns]:
    """Return who is asked in the person's place, by the key of each project that they manage.

    Those are the same whom ``standing.leads`` names then: a deputy, else others who lead and are there.
    """
    managed = session.connection().execute(
        select(projects.c.id, projects.c.key)
        .join(memberships, memberships.c.project_id == projects.c.id)
        .where(
            memberships.c.workspace_id == actor.workspace_id,
            memberships.c.person_id == actor.person.id,
            memberships.c.role == ProjectRole.PROJECT_MANAGER,
            memberships.c.is_deputy.is_(False),
            projects.c.archived_at.is_(None),
        )
        .order_by(projects.c.key)
    )
    keys = {row.id: row.key for row in managed}
    holders = holders_of(session, keys, LEADING_ROLES)
    return {key: _instead_of(actor, holders.get(each, ()), on) for each, key in keys.items()}


def _instead_of(actor: Actor, holders: Sequence[RoleHolder], on: date) -> StandIns:
    there = [each for each in holders if each.person.id != actor.person.id and is_here(each, on)]
    submitting = leads(able(there, Capability.SUBMIT_STATUS))
    asked = submitting or leads(there)
    return StandIns(tuple(person.name for person in asked), may_submit=bool(submitting))
