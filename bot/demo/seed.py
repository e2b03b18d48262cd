"""Fills the bot's own database with what Studio North has on its plate, through the services that all use."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.demo.meetings import hold_meetings
from bot.demo.moods import log_moods
from bot.demo.plans import Planner
from bot.demo.records import log_records
from bot.demo.retros import Looker
from bot.demo.rituals import switch_on_rituals, take_days_off
from bot.demo.statuses import write_statuses
from bot.demo.story import Story
from bot.demo.surveys import fill_surveys
from models.commands import NewAction, NewProject, RiskFields, RiskResponse
from models.database import Database
from models.migrations import upgrade
from models.read_models import Actor, Origin, Profile, ProjectView
from models.rules.access import OrganisationRole, ProjectRole
from models.rules.actions import ActionStatus
from models.rules.references import Reference
from models.rules.risks.words import ResponseStrategy, RiskCategory
from models.services.actions.items import ActionItems
from models.services.moods.register import MoodRegister
from models.services.outbox.outbox import Outbox
from models.services.people import People
from models.services.projects.catalogue import Projects
from models.services.projects.team import Teams
from models.services.risks.register import RiskRegister
from models.services.risks.responses import RiskResponses
from models.services.workspaces import Workspaces
from models.value import Value

STORY = Origin(correlation_id="story")


class _Plan(Value):
    """A project as the story has it; people by handle."""

    key: str
    name: str
    client: str
    channel: str
    manager: str
    team: Mapping[str, ProjectRole]


_PLANS = (
    _Plan(
        "ACME",
        "Acme web shop",
        "Acme",
        "acme",
        "dana",
        {
            "priya": ProjectRole.ACCOUNT_MANAGER,
            "alex": ProjectRole.ENGINEERING_LEAD,
            "sam": ProjectRole.MEMBER,
            "mina": ProjectRole.MEMBER,
        },
    ),
    _Plan(
        "BOREALIS",
        "Borealis booking platform",
        "Borealis",
        "borealis",
        "lee",
        {"priya": ProjectRole.ACCOUNT_MANAGER, "tom": ProjectRole.MEMBER, "sam": ProjectRole.MEMBER},
    ),
    _Plan(
        "COBALT",
        "Cobalt mobile app",
        "Cobalt",
        "cobalt",
        "dana",
        {"ines": ProjectRole.PRODUCT_OWNER, "alex": ProjectRole.ENGINEERING_LEAD, "tom": ProjectRole.MEMBER},
    ),
    _Plan(
        "DELTA",
        "Borealis design system",
        "Borealis",
        "delta",
        "lee",
        {"alex": ProjectRole.ENGINEERING_LEAD, "mina": ProjectRole.MEMBER},
    ),
)


class _Worry(Value):
    """A risk from before the visitor came in."""

    project: str
    raiser: str
    title: str
    days_ago: int
    probability: int | None = None
    impact: int | None = None
    owner: str | None = None
    cause: str = ""
    effect: str = ""
    category: RiskCategory | None = None
    strategy: ResponseStrategy | None = None
    due_in: int | None = None


_WORRIES = (
    _Worry(
        "ACME",
        "sam",
        "Vendor API may slip",
        20,
        4,
        3,
        "dana",
        "The vendor's sandbox has been down for a week.",
        "Checkout can't be tested before the release.",
        RiskCategory.SUPPLIER,
        ResponseStrategy.MITIGATE,
        -3,
    ),
    _Worry("ACME", "dana", "Nobody at Acme decides about single sign-on", 9, 3, 2, "priya", due_in=6),
    _Worry(
        "ACME", "alex", "Only Alex knows the payment code", 30, 2, 4, "alex", category=RiskCategory.PEOPLE
    ),
    _Worry("ACME", "mina", "Product photos come too late for the launch", 1),
    _Worry("BOREALIS", "lee", "Seat map slips past the season's start", 12, 4, 5, "lee", due_in=10),
    _Worry("BOREALIS", "tom", "Load test hall is booked out until January", 5, 2, 2, "tom"),
    _Worry("COBALT", "ines", "Store review may reject the new payment flow", 15, 3, 4, "ines", due_in=14),
    _Worry("DELTA", "mina", "Dark theme breaks in older browsers", 4, 3, 1, "mina"),
)


_STEPS = (
    ("Ask the vendor's director for a date", "dana", 18, -5),
    ("Mock the vendor API for the checkout tests", "sam", 15, -1),
    ("Agree on a fallback with Robin", "priya", 12, 6),
)
"""What is done about the vendor: what, by whom, days since it was planned, days until it is due."""


def seed(database_url: str, story: Story, now: datetime) -> None:
    """Migrate, and write the story unless it is there already. The bot announces it when it starts."""
    database = Database(database_url)
    try:
        upgrade(database)
        _Seeder(database, story, now).run()
    finally:
        database.dispose()


class _Seeder:
    def __init__(self, database: Database, story: Story, now: datetime) -> None:
        self._story, self._now = story, now.astimezone(UTC)
        self._database = database
        self._workspaces, self._people = Workspaces(database), People(database)
        self._projects, self._risks = Projects(database), RiskRegister(database)
        self._teams = Teams(database)
        self._responses, self._actions = RiskResponses(database), ActionItems(database)
        self._moods, self._outbox = MoodRegister(database), Outbox(database)

    def run(self) -> None:
        long_ago = self._now - timedelta(days=60)
        workspace_id = self._workspaces.ensure("", self._story.team.id, self._story.team.name, now=long_ago)
        jo = self._people.find(workspace_id, self._story.person("jo").id)
        if jo is not None and self._projects.choices(jo):
            # What was changed about people since is theirs to keep.
            return
        actors = {
            person.name: self._people.remember(workspace_id, self._story.team.id, profile, now=self._now)
            for person in self._story.people
            for profile in [
                Profile(
                    person.id,
                    person.team_id,
                    person.real_name,
                    person.tz,
                    is_guest=person.is_guest,
                    is_workspace_admin=person.is_admin,
                )
            ]
        }
        for handle, role in (("jo", OrganisationRole.DELIVERY_MANAGER), ("kofi", OrganisationRole.LEADER)):
            self._people.grant(workspace_id, actors[handle].person.id, role, now=long_ago)
        projects = {plan.key: self._make(plan, actors, long_ago) for plan in _PLANS}
        for worry in _WORRIES:
            self._log(worry, actors, projects[worry.project])
        self._respond(actors)
        Planner(self._database, actors, origin=STORY, now=self._now).plan(projects)
        write_statuses(self._database, actors, projects, origin=STORY, now=self._now)
        log_records(self._database, actors, projects, origin=STORY, now=self._now)
        log_moods(self._moods, actors, projects, origin=STORY, now=self._now)
        fill_surveys(self._database, self._story, actors, projects, origin=STORY, now=self._now)
        take_days_off(self._database, actors["jo"], origin=STORY, now=self._now)
        switch_on_rituals(self._database, actors, projects, now=self._now)
        hold_meetings(
            self._database,
            actors,
            projects,
            self._story.conversation("delivery").id,
            origin=STORY,
            now=self._now,
        )
        Looker(self._database, actors, STORY, self._now).look_back(projects["ACME"])
        self._outbox.renew(workspace_id, now=self._now)

    def _make(self, plan: _Plan, actors: Mapping[str, Actor], at: datetime) -> ProjectView:
        manager = actors[plan.manager]
        command = NewProject(
            name=plan.name,
            key=plan.key,
            client_name=plan.client,
            internal_channel_id=self._story.conversation(plan.channel).id,
            timezone=manager.timezone,
        )
        project = self._projects.create(manager, command, origin=STORY, now=at)
        for handle, role in plan.team.items():
            self._teams.assign(manager, project.id, actors[handle].person.id, role, origin=STORY, now=at)
        return project

    def _respond(self, actors: Mapping[str, Actor]) -> None:
        """Let Dana do something about the vendor, and be late with the rest of it."""
        dana = actors["dana"]
        risk = self._risks.details(dana, Reference(1, "ACME"), in_project=None).risk
        for title, handle, planned_ago, due_in in _STEPS:
            at = self._now - timedelta(days=planned_ago)
            due_on = (self._now + timedelta(days=due_in)).date()
            action = NewAction(title, actors[handle].person.id, due_on)
            response = RiskResponse(ResponseStrategy.MITIGATE, action)
            self._responses.respond(dana, risk.id, response, origin=STORY, now=at)
        first = self._risks.details(dana, risk.id, in_project=None).actions[0]
        done_at = self._now - timedelta(days=6)
        self._actions.settle(dana, first.id, ActionStatus.DONE, origin=STORY, now=done_at)

    def _log(self, worry: _Worry, actors: Mapping[str, Actor], project: ProjectView) -> None:
        at = self._now - timedelta(days=worry.days_ago, hours=2)
        fields = RiskFields(
            title=worry.title,
            probability=worry.probability,
            impact=worry.impact,
            cause=worry.cause,
            effect=worry.effect,
            category=worry.category,
            owner_id=actors[worry.owner].person.id if worry.owner else None,
            strategy=worry.strategy,
            due_on=(self._now + timedelta(days=worry.due_in)).date() if worry.due_in is not None else None,
        )
        self._risks.log(actors[worry.raiser], project, fields, confirm_in=None, origin=STORY, now=at)
