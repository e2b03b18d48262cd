"""Who stands in for somebody on the projects that they manage."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import and_, select, true
from sqlalchemy.orm import Session

from models.read_models import Actor
from models.rules.access import ProjectRole
from models.services.projects.rows import IS_ACTIVE, memberships, projects
from models.tables import Person
from models.tables.base import table_of

_people = table_of(Person)
_deputies = memberships.alias("deputies")


def stand_ins(session: Session, actor: Actor) -> Mapping[str, Sequence[str]]:
    """Return the deputies' names by the key of each project that the person manages."""
    is_deputy = and_(
        _deputies.c.project_id == memberships.c.project_id,
        _deputies.c.role == ProjectRole.PROJECT_MANAGER,
        _deputies.c.is_deputy == true(),
        _deputies.c.person_id != memberships.c.person_id,
    )
    rows = session.connection().execute(
        select(projects.c.key, _people.c.name)
        .select_from(memberships)
        .join(projects, projects.c.id == memberships.c.project_id)
        .outerjoin(_deputies, is_deputy)
        .outerjoin(_people, and_(_people.c.id == _deputies.c.person_id, IS_ACTIVE))
        .where(
            memberships.c.workspace_id == actor.workspace_id,
            memberships.c.person_id == actor.person.id,
            memberships.c.role == ProjectRole.PROJECT_MANAGER,
            memberships.c.is_deputy.is_(False),
            projects.c.archived_at.is_(None),
        )
        .order_by(projects.c.key, _people.c.name)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.key] += [row.name] if row.name else []
    return found
