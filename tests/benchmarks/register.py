"""The register that the arms write to: one project, so that all risks count on from the same number."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bot.clock import utc_now
from models.database import Database
from models.migrations import upgrade
from models.rules.access import ProjectRole
from models.tables import clients, memberships, people, projects, risks, workspaces
from tests.bot.slack_side import TEAM

CHANNEL = "C0ACME"


def seed(url: str) -> None:
    """Migrate a database and put in a workspace, the person who types, a project manager and the project."""
    database = Database(url)
    upgrade(database)
    now = utc_now()
    with database.write() as session:
        workspace_id = uuid4()
        workspace = {"enterprise_id": "", "team_id": TEAM, "name": "Acme", "created_at": now}
        session.execute(insert(workspaces).values(id=workspace_id, **workspace))
        dana = _person(session, workspace_id, "U0DANA", now)
        petra = _person(session, workspace_id, "U0PETRA", now)
        _project(session, workspace_id, dana, petra, now)
    database.dispose()


def _person(session: Session, workspace_id: UUID, slack_user_id: str, now: datetime) -> UUID:
    person_id = uuid4()
    session.execute(
        insert(people).values(
            id=person_id,
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
    )
    return person_id


def _project(session: Session, workspace_id: UUID, member: UUID, manager: UUID, now: datetime) -> None:
    common = {"workspace_id": workspace_id, "created_at": now}
    client_id, project_id = uuid4(), uuid4()
    session.execute(insert(clients).values(id=client_id, name="Acme", **common))
    session.execute(
        insert(projects).values(
            id=project_id,
            client_id=client_id,
            key="ACME",
            name="Website",
            internal_channel_id=CHANNEL,
            timezone="Europe/Berlin",
            created_by=manager,
            **common,
        )
    )
    for person, role in ((member, ProjectRole.MEMBER), (manager, ProjectRole.PROJECT_MANAGER)):
        session.execute(
            insert(memberships).values(project_id=project_id, person_id=person, role=role, **common)
        )


def saved_risks(url: str) -> int:
    """Count the risks."""
    database = Database(url)
    with database.read() as session:
        count = session.scalar(select(func.count()).select_from(risks))
    database.dispose()
    return count or 0
