"""Who stands in for somebody on the projects that they manage, and where it is somebody's turn to."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, not_, or_, select, true
from sqlalchemy.orm import Session

from models.read_models import Actor
from models.rules.access import ProjectRole
from models.services.projects.rows import IS_ACTIVE, memberships, projects
from models.tables import Person, PersonSettings
from models.tables.base import table_of

_people = table_of(Person)
_settings = table_of(PersonSettings)
_deputies = memberships.alias("deputies")
_others = memberships.alias("others")


def turns_of(actor: Actor, roles: Collection[ProjectRole], today: date) -> Select[tuple[UUID]]:
    """Return the projects on which it is the person's turn among those roles: as ``standing.leads`` says.

    That is the manager's, else a deputy's, else another's; whoever is away is passed over.
    """
    first = (
        select(_others.c.person_id)
        .join(_people, _people.c.id == _others.c.person_id)
        .outerjoin(_settings, _settings.c.person_id == _others.c.person_id)
        .where(
            _others.c.project_id == memberships.c.project_id,
            _others.c.role.in_(roles),
            _place(_others) < _place(memberships),
            or_(_settings.c.away_until.is_(None), _settings.c.away_until < today),
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
