"""The register that the arms write to: one project, so that all risks count on from the same number."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.clock import utc_now
from models.database import Database
from models.migrations import upgrade
from models.rules.access import ProjectRole
from models.tables import Client, Membership, Person, Project, Risk, Workspace
from tests.bot.slack_side import TEAM

CHANNEL = "C0ACME"


def seed(url: str) -> None:
    """Migrate a database and put in a workspace, the person who types, a project manager and the project."""
    database = Database(url)
    upgrade(database)
    now = utc_now()
    with database.write() as session:
        workspace = Workspace(id=uuid4(), enterprise_id="", team_id=TEAM, name="Acme", created_at=now)
        session.add(workspace)
        session.flush()
        dana = _person(session, workspace.id, "U0DANA", now)
        petra = _person(session, workspace.id, "U0PETRA", now)
        _project(session, dana, petra, now)
    database.dispose()


def _person(session: Session, workspace_id: UUID, slack_user_id: str, now: datetime) -> Person:
    person = Person(
        id=uuid4(),
        workspace_id=workspace_id,
        slack_user_id=slack_user_id,
        team_id=TEAM,
        name=slack_user_id,
        timezone="Europe/Berlin",
        is_guest=False,
        is_bot=False,
        is_deleted=False,
        is_workspace_admin=False,
        checked_at=now,
    )
    session.add(person)
    session.flush()
    return person


def _project(session: Session, member: Person, manager: Person, now: datetime) -> None:
    common = {"workspace_id": member.workspace_id, "created_at": now}
    client = Client(id=uuid4(), name="Acme", **common)
    session.add(client)
    session.flush()
    project = Project(
        id=uuid4(),
        client_id=client.id,
        key="ACME",
        name="Website",
        internal_channel_id=CHANNEL,
        timezone="Europe/Berlin",
        created_by=manager.id,
        **common,
    )
    session.add(project)
    session.flush()
    for person, role in ((member, ProjectRole.MEMBER), (manager, ProjectRole.PROJECT_MANAGER)):
        session.add(Membership(project_id=project.id, person_id=person.id, role=role, **common))


def saved_risks(url: str) -> int:
    """Count the risks."""
    database = Database(url)
    with database.read() as session:
        count = session.scalar(select(func.count()).select_from(Risk))
    database.dispose()
    return count or 0
