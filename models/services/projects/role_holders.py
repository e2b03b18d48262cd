"""Who holds which roles on many projects at once, with who is away."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import PersonRef, RoleHolder
from models.rules.access import ProjectRole
from models.services.projects.rows import IS_ACTIVE
from models.tables import memberships, people, person_settings

Holders = Mapping[UUID, Sequence[RoleHolder]]
"""Role holders by project."""


def holders_of(session: Session, project_ids: Collection[UUID], roles: Collection[ProjectRole]) -> Holders:
    """Return who holds one of the roles on these projects, with who is away; it takes one statement."""
    rows = session.connection().execute(
        select(
            memberships.c.project_id,
            memberships.c.role,
            memberships.c.is_deputy,
            people.c.id,
            people.c.slack_user_id,
            people.c.name,
            person_settings.c.away_until,
        )
        .join(people, people.c.id == memberships.c.person_id)
        .outerjoin(person_settings, person_settings.c.person_id == people.c.id)
        .where(memberships.c.project_id.in_(project_ids), memberships.c.role.in_(roles), IS_ACTIVE)
        .order_by(memberships.c.created_at, people.c.name)
    )
    found: defaultdict[UUID, list[RoleHolder]] = defaultdict(list)
    for row in rows:
        person = PersonRef(row.id, row.slack_user_id, row.name)
        found[row.project_id].append(RoleHolder(person, row.role, row.is_deputy, row.away_until))
    return found
