"""One way to change who does what on a project: locked, once, and written down where anything changed."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, FieldChange, Origin, PersonRef, TeamChange, TeamOutcome
from models.services import audit
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.projects.changing import FoundProject, find_project
from models.services.projects.rows import PROJECT, required_project
from models.services.receipts import claim
from models.tables import people
from models.value import Value


class Decided(Value):
    """What became of it; ``changes`` is empty where all was so before."""

    outcome: TeamOutcome
    action: str = ""
    changes: tuple[FieldChange, ...] = ()
    told: tuple[Outgoing, ...] = ()
    """What is said of it."""


Decide = Callable[[FoundProject, PersonRef], Decided]


def change_team(
    database: Database,
    actor: Actor,
    project_id: UUID,
    person_id: UUID,
    decide: Decide,
    *,
    origin: Origin,
    now: datetime,
) -> TeamChange:
    """Lock the project, let ``decide`` do it for that person, and write down what was done."""
    with database.write() as session:
        earlier = claim(session, actor.workspace_id, origin, project_id, now)
        decided = Decided(TeamOutcome.DONE_BEFORE)
        if earlier is None:
            found = find_project(session, actor, project_id)
            decided = decide(found, _person(session, actor, person_id))
            if decided.changes:
                entry = audit.Entry(
                    PROJECT, project_id, found.project.version, decided.action, decided.changes
                )
                audit.record(session, actor, entry, origin=origin, now=now)
            enqueue(
                session,
                actor.workspace_id,
                decided.told,
                correlation_id=origin.correlation_id,
                now=now,
            )
        project = required_project(session, actor.workspace_id, project_id)
        return TeamChange(project, _person(session, actor, person_id), decided.outcome)


def _person(session: Session, actor: Actor, person_id: UUID) -> PersonRef:
    """Return the person of that id. Raises Invalid for one of another workspace."""
    row = session.execute(
        select(people.c.id, people.c.slack_user_id, people.c.name).where(
            people.c.workspace_id == actor.workspace_id, people.c.id == person_id
        )
    ).one_or_none()
    if row is None:
        raise Invalid({"person_id": "Choose somebody of your own team."})
    return PersonRef(row.id, row.slack_user_id, row.name)
