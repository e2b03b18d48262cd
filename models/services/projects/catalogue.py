"""Projects: made of channels, found by channel, key or id."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, exists, func, insert, or_, select
from sqlalchemy.orm import Session

from models.commands import NewProject
from models.database import Database
from models.errors import AlreadyExists, Invalid, NotFound
from models.read_models import Actor, Origin, PersonRef, ProjectChoice, ProjectView
from models.rules.access import Capability, ProjectRole
from models.rules.references import is_key
from models.services.audit import Entry, record
from models.services.channels import offer_taken_up
from models.services.outbox.enqueue import enqueue
from models.services.projects.clients import client_id
from models.services.projects.fields import checked_new
from models.services.projects.rows import PROJECT, colleague, project_by, project_in_channel, required_project
from models.services.projects.team_notices import of_new_manager
from models.services.receipts import claim
from models.services.standing import require, standing
from models.services.statements import dialect_of, insert_new
from models.tables import memberships, projects

CHOICES = 101
"""One more than Slack shows in a select, which tells that there are more."""


class Projects:
    """Makes projects and finds them again."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def create(self, actor: Actor, command: NewProject, *, origin: Origin, now: datetime) -> ProjectView:
        """Make a project of a channel. Raises Invalid, NotAllowed, AlreadyExists for key or channel."""
        require(standing(actor), Capability.CREATE_PROJECT)
        wanted = checked_new(command)
        project_id = uuid4()
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, project_id, now)
            if earlier is not None:
                return required_project(session, actor.workspace_id, earlier)
            manager = _insert(session, actor, project_id, wanted, now)
            record(session, actor, Entry(PROJECT, project_id, 1, "created"), origin=origin, now=now)
            project = required_project(session, actor.workspace_id, project_id)
            told = list(offer_taken_up(session, project, actor.workspace_id))
            told += of_new_manager(project_id, manager, (), actor.person)
            enqueue(session, actor.workspace_id, told, correlation_id=origin.correlation_id, now=now)
            return project

    def in_channel(self, actor: Actor, channel_id: str) -> ProjectView | None:
        """Return the project whose internal channel this is."""
        require(standing(actor), Capability.SEE_PROJECT)
        if actor.here is not None and actor.here.channel_id == channel_id:
            return actor.here.project
        return project_in_channel(self._database, actor.workspace_id, channel_id)

    def by_key(self, actor: Actor, key: str) -> ProjectView:
        """Return the project of that key. Raises NotFound."""
        require(standing(actor), Capability.SEE_PROJECT)
        if not is_key(key):
            raise NotFound(PROJECT, key)
        with self._database.read() as session:
            project = project_by(session, actor.workspace_id, "key", key)
        if project is None:
            raise NotFound(PROJECT, key)
        return project

    def get(self, actor: Actor, project_id: UUID) -> ProjectView:
        """Return the project of that id. Raises NotFound."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            return required_project(session, actor.workspace_id, project_id)

    def choices(
        self, actor: Actor, chosen: UUID | None = None, *, words: Sequence[str] = (), limit: int = CHOICES
    ) -> tuple[ProjectChoice, ...]:
        """Return the projects to choose from: the person's own first, then by name.

        The one that is ``chosen`` is always among them; each of the ``words`` is in key or name.
        """
        require(standing(actor), Capability.SEE_PROJECT)
        mine = exists().where(
            memberships.c.project_id == projects.c.id, memberships.c.person_id == actor.person.id
        )
        found = (
            or_(*(text.icontains(word, autoescape=True) for text in (projects.c.key, projects.c.name)))
            for word in words
        )
        kept = [(projects.c.id == chosen).desc()] if chosen else []
        wanted = (
            select(projects.c.id, projects.c.key, projects.c.name, mine.label("is_mine"))
            .where(projects.c.workspace_id == actor.workspace_id, projects.c.archived_at.is_(None), *found)
            .order_by(*kept, mine.desc(), func.lower(projects.c.name), projects.c.key)
            .limit(limit)
        )
        with self._database.read() as session:
            rows = session.execute(wanted).all()
        choices = (ProjectChoice(row.id, row.key, row.name, bool(row.is_mine)) for row in rows)
        return tuple(sorted(choices, key=lambda each: (not each.is_mine, each.name.lower(), each.key)))

    def with_client_in(self, actor: Actor, channel_id: str) -> tuple[ProjectChoice, ...]:
        """Return the projects whose client is in this channel, by key."""
        require(standing(actor), Capability.SEE_PROJECT)
        wanted = (
            select(projects.c.id, projects.c.key, projects.c.name)
            .where(
                projects.c.workspace_id == actor.workspace_id,
                projects.c.archived_at.is_(None),
                projects.c.client_channel_id == channel_id,
            )
            .order_by(projects.c.key)
        )
        with self._database.read() as session:
            return tuple(ProjectChoice(*row, is_mine=False) for row in session.execute(wanted))


def _insert(
    session: Session, actor: Actor, project_id: UUID, command: NewProject, now: datetime
) -> PersonRef:
    """Write the project with whoever manages it, and return them."""
    manager = colleague(session, actor.workspace_id, command.manager_id or actor.person.id)
    if manager is None:
        raise Invalid({"manager_id": "Choose somebody of your own team; a guest or a bot can't manage it."})
    values = {
        "id": project_id,
        "workspace_id": actor.workspace_id,
        "client_id": client_id(session, actor.workspace_id, command.client_name, now),
        "key": command.key,
        "name": command.name,
        "internal_channel_id": command.internal_channel_id,
        "timezone": command.timezone,
        "created_by": actor.person.id,
        "created_at": now,
    }
    made = session.execute(
        insert_new(dialect_of(session), projects).returning(projects.c.id), values
    ).one_or_none()
    if made is None:
        raise _taken(session, actor, command)
    managing = _membership(actor, project_id, manager, ProjectRole.PROJECT_MANAGER, now)
    session.execute(insert(memberships), managing)
    return manager


def _membership(
    actor: Actor, project_id: UUID, person: PersonRef, role: ProjectRole, now: datetime
) -> dict[str, object]:
    return {
        "workspace_id": actor.workspace_id,
        "project_id": project_id,
        "person_id": person.id,
        "role": role,
        "is_deputy": False,
        "created_at": now,
    }


def _taken(session: Session, actor: Actor, command: NewProject) -> AlreadyExists:
    field = "internal_channel_id"
    if not _is_taken(session, actor, projects.c.internal_channel_id == command.internal_channel_id):
        field = "key"
    return AlreadyExists(field, getattr(command, field))


def _is_taken(session: Session, actor: Actor, condition: ColumnElement[bool]) -> bool:
    taken = select(projects.c.id).where(projects.c.workspace_id == actor.workspace_id, condition)
    return session.scalar(taken) is not None
