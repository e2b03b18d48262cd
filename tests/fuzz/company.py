"""What is in the database before anything is delivered: Studio North, and a second workspace beside it."""

from datetime import datetime

from sqlalchemy import update

from bot.demo.seed import STORY, seed
from bot.demo.story import TEAM, Story
from models.commands import NewAction, NewProject, RiskResponse
from models.database import Database
from models.migrations import upgrade
from models.read_models import Profile
from models.rules.delivery import MessageState
from models.rules.references import Reference
from models.rules.risks.words import ResponseStrategy
from models.services.people import People
from models.services.projects.catalogue import Projects
from models.services.projects.profiles import ProjectProfiles
from models.services.risks.responses import RiskResponses
from models.services.workspaces import Workspaces
from models.tables import outbox_messages
from tests.models.world import NOW, World

HIDDEN = "Zanzibar"
"""Stands in everything that the other workspace has written, and in nothing that anybody here may read."""
OTHER_TEAM = "T09INITECH"
ARCHIVED = ("DELTA",)
EVERY_PROJECT = ("ACME", "BOREALIS", "COBALT", "DELTA")


def furnish(database_url: str, story: Story, now: datetime) -> None:
    """Write both companies; to the other one all has been said."""
    database = Database(database_url)
    try:
        upgrade(database)
        _furnish_other(World(database, OTHER_TEAM))
        sent = {"state": MessageState.SENT, "sent_channel_id": "C01ACME", "sent_ts": "1760000000.000001"}
        with database.write() as session:
            session.execute(update(outbox_messages).values(sent | {"settled_at": now}))
        seed(database_url, story, now)
        archive(database, story, ARCHIVED, now)
    finally:
        database.dispose()


def archive(database: Database, story: Story, keys: tuple[str, ...], now: datetime) -> None:
    """Archive some of the company's projects."""
    workspace_id = Workspaces(database).ensure("", TEAM.id, TEAM.name, now=now)
    jo = People(database).find(workspace_id, story.person("jo").id)
    assert jo
    for key in keys:
        project = Projects(database).by_key(jo, key)
        if not project.is_archived:
            ProjectProfiles(database).archive(jo, project.id, "It is over.", origin=STORY, now=now)


def _furnish_other(other: World) -> None:
    """Give the other workspace one of everything, each with the hidden word in it."""
    boss = other.delivery_manager("Bill")
    peter = other.people.remember(
        other.workspace_id, OTHER_TEAM, Profile("U09PETER", OTHER_TEAM, f"{HIDDEN} Peter", "UTC"), now=NOW
    )
    command = NewProject(
        f"{HIDDEN} shop", "INITECH", f"{HIDDEN} Ltd", "C09INITECH", "Europe/Berlin", peter.person.id
    )
    project = other.projects.create(peter, command, origin=other.origin(), now=NOW)
    owned = {"probability": 5, "impact": 5, "owner_id": peter.person.id}
    risk = other.log(peter, project, f"{HIDDEN} merger leaks", **owned)
    action = NewAction(f"Tell {HIDDEN} nothing", peter.person.id, NOW.date())
    response = RiskResponse(ResponseStrategy.MITIGATE, action)
    RiskResponses(other.database).respond(peter, risk.id, response, origin=other.origin(), now=NOW)
    other.mood(peter, project, 4, 3, insight=f"{HIDDEN} was kind")
    other.mood(peter, project, 1, insight=f"{HIDDEN} shouts", request=f"A {HIDDEN} discount")
    assert other.register.details(boss, Reference(1, "INITECH"), in_project=None).risk.id == risk.id
