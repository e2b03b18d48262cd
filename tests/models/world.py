"""A small company to test services with: a workspace, projects, and people who may do different things."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row, Table, event, insert, select
from sqlalchemy.engine.interfaces import DBAPICursor

from models import direct
from models.commands import (
    MoodFields,
    NewProject,
    RaidFields,
    RiskFields,
    StatusFields,
    WantedStatus,
)
from models.database import Database
from models.read_models import (
    Actor,
    HistoryEntry,
    LoggedMood,
    Origin,
    Profile,
    ProjectView,
    RaidView,
    RiskView,
    StatusInRow,
)
from models.rules.access import OrganisationRole, ProjectRole
from models.rules.delivery import NoticeKind, Operation
from models.rules.raid.words import RaidKind
from models.rules.statuses.periods import Period
from models.services.actions.items import ActionItems
from models.services.moods.register import MoodRegister
from models.services.people import People
from models.services.plans.deliverables import Deliverables
from models.services.plans.measures import SuccessMeasures
from models.services.plans.milestones import Milestones
from models.services.plans.phases import Phases
from models.services.projects.catalogue import Projects
from models.services.projects.colleagues import Colleagues
from models.services.projects.profiles import ProjectProfiles
from models.services.projects.team import Teams
from models.services.raid.register import RaidRegister
from models.services.retros.book import Retros
from models.services.retros.cards import RetroCards
from models.services.risks.register import RiskRegister
from models.services.risks.watch import RiskWatch
from models.services.statuses.book import Statuses
from models.services.surveys.book import Surveys
from models.services.surveys.contacts import ClientContacts
from models.services.surveys.erasing import ContactErasure
from models.services.surveys.questions import ClientQuestions
from models.services.workspaces import Workspaces
from models.tables import lanes, memberships, outbox_messages

NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)
TODAY = NOW.date()
TEAM = "T_HOME"
CHANNEL = "C_ACME"


@dataclass(frozen=True)
class Said:
    """A message in the outbox, as a test reads it. ``about`` is the unique key of the one it depends on."""

    kind: NoticeKind
    operation: Operation
    channel: str
    key: str
    about: str | None
    recipient: str | None


class World:
    """The company, on one database. ``person`` makes people known by name: Sam is ``U_SAM``."""

    def __init__(self, database: Database, team: str = TEAM) -> None:
        """Make the workspace; people and projects come as they are asked for."""
        self.database = database
        self.team = team
        self.workspace_id = Workspaces(database).ensure("", team, "Studio North", now=NOW)
        self.people = People(database)
        self.projects = Projects(database)
        self.profiles = ProjectProfiles(database)
        self.teams = Teams(database)
        self.colleagues = Colleagues(database)
        self.phases = Phases(database)
        self.measures = SuccessMeasures(database)
        self.milestones = Milestones(database)
        self.deliverables = Deliverables(database)
        self.register = RiskRegister(database)
        self.moods = MoodRegister(database)
        self.raid = RaidRegister(database)
        self.actions = ActionItems(database)
        self.statuses = Statuses(database)
        self.surveys = Surveys(database)
        self.questions = ClientQuestions(database)
        self.contacts = ClientContacts(database)
        self.erasure = ContactErasure(database)
        self.watch = RiskWatch(database)
        self.retros = Retros(database)
        self.retro_cards = RetroCards(database)
        self._receipts = count(1)

    def origin(self, receipt: str | None = None) -> Origin:
        """Return an origin that is new, unless a receipt is given."""
        return Origin("correlation", receipt or f"receipt-{next(self._receipts)}")

    def person(self, name: str, **profile: Any) -> Actor:  # noqa: ANN401 - any field of a profile.
        """Make somebody known, a full member but for the fields given."""
        known = {"team_id": self.team, "name": name, "timezone": "Europe/Berlin"} | profile
        slack_user_id = f"U_{name.upper()}"
        return self.people.remember(self.workspace_id, self.team, Profile(slack_user_id, **known), now=NOW)

    def delivery_manager(self, name: str) -> Actor:
        """Make somebody known as a delivery manager."""
        person = self.person(name).person
        self.people.grant(self.workspace_id, person.id, OrganisationRole.DELIVERY_MANAGER, now=NOW)
        return self.person(name)

    def project(self, manager: Actor, *, key: str = "ACME", channel: str = CHANNEL) -> ProjectView:
        """Make a project that the person manages."""
        command = NewProject(f"{key} shop", key, f"{key} Inc", channel, "Europe/Berlin", manager.person.id)
        return self.projects.create(manager, command, origin=self.origin(), now=NOW)

    def give_role(
        self, actor: Actor, project: ProjectView, role: ProjectRole, *, is_deputy: bool = False
    ) -> None:
        """Give somebody a role on a project."""
        with self.database.write() as session:
            session.execute(
                insert(memberships).values(
                    project_id=project.id,
                    person_id=actor.person.id,
                    role=role,
                    is_deputy=is_deputy,
                    workspace_id=self.workspace_id,
                    created_at=NOW,
                )
            )

    def log(
        self,
        actor: Actor,
        project: ProjectView,
        title: str = "Vendor API may slip",
        **options: Any,  # noqa: ANN401 - any field of a risk.
    ) -> RiskView:
        """Log a risk with a receipt of its own."""
        now = options.pop("now", NOW)
        confirm_in = options.pop("confirm_in", None)
        origin = options.pop("origin", None) or self.origin()
        fields = RiskFields(title, **options)
        return self.register.log(actor, project, fields, confirm_in=confirm_in, origin=origin, now=now)

    def item(
        self,
        actor: Actor,
        project: ProjectView,
        kind: RaidKind = RaidKind.ISSUE,
        title: str = "Staging is down",
        **options: Any,  # noqa: ANN401 - any field of a record.
    ) -> RaidView:
        """Log an issue, an assumption, a dependency or a decision with a receipt of its own."""
        now = options.pop("now", NOW)
        confirm_in = options.pop("confirm_in", None)
        origin = options.pop("origin", None) or self.origin()
        fields = RaidFields(title, **options)
        return self.raid.log(actor, project, kind, fields, confirm_in=confirm_in, origin=origin, now=now)

    def mood(
        self,
        actor: Actor,
        project: ProjectView,
        value: int,
        days_ago: int = 0,
        **options: Any,  # noqa: ANN401 - any field of a reading.
    ) -> LoggedMood:
        """Log a mood of some days ago, with a sentence unless one is given."""
        now = options.pop("now", NOW)
        confirm_in = options.pop("confirm_in", None)
        origin = options.pop("origin", None) or self.origin()
        day = now.date() - timedelta(days=days_ago)
        fields = MoodFields(value, **({"insight": "Because.", "observed_on": day} | options))
        return self.moods.log(actor, project, fields, confirm_in=confirm_in, origin=origin, now=now)

    def status(
        self,
        actor: Actor,
        project: ProjectView,
        headline: str = "All on track",
        *,
        period: Period | None = None,
        version: int | None = None,
        now: datetime = NOW,
        origin: Origin | None = None,
        **fields: Any,  # noqa: ANN401 - any field of a status.
    ) -> StatusInRow:
        """Submit a status, of the present week and all green unless something else is given."""
        period = period or Period.containing(now.date())
        wanted = WantedStatus(project.id, period, StatusFields(headline, **fields), version)
        return self.statuses.submit(actor, wanted, origin=origin or self.origin(), now=now)

    def history(self, actor: Actor, risk: RiskView) -> tuple[HistoryEntry, ...]:
        """Return a risk's history, newest first."""
        return self.register.details(actor, risk.id, in_project=None).history

    def said(self) -> list[Said]:
        """Return everything in the outbox, in order."""
        with self.database.read() as session:
            rows = session.execute(
                select(outbox_messages, lanes.c.channel_id)
                .join(lanes, lanes.c.id == outbox_messages.c.lane_id)
                .where(outbox_messages.c.workspace_id == self.workspace_id)
                .order_by(outbox_messages.c.id)
            ).all()
        keys = {row.id: row.unique_key for row in rows}
        return [
            Said(
                row.kind,
                row.operation,
                row.channel_id,
                row.unique_key,
                keys[row.depends_on_id] if row.depends_on_id else None,
                row.recipient_id,
            )
            for row in rows
        ]

    def messages(self) -> Sequence[Row[Any]]:
        """Return the outbox's rows, in order."""
        with self.database.read() as session:
            return session.execute(select(outbox_messages).order_by(outbox_messages.c.id)).all()

    def said_by(self, act: Any) -> list[Said]:  # noqa: ANN401 - any call.
        """Return what is new in the outbox after the call."""
        before = len(self.said())
        act()
        return self.said()[before:]

    def count(self, table: Table) -> int:
        """Return how many rows a table has, in all workspaces."""
        with self.database.read() as session:
            return len(session.execute(select(table)).all())


@contextmanager
def statements_of(database: Database) -> Iterator[list[str]]:
    """Collect the statements that run inside the block, also those that go straight to the driver."""
    seen: list[str] = []

    def noticed(_c: Connection, _cursor: DBAPICursor, statement: str, *_rest: object) -> None:
        seen.append(statement)

    class Direct(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record.getMessage())

    heard, straight = Direct(), logging.getLogger(direct.__name__)
    level = straight.level
    event.listen(database.engine, "before_cursor_execute", noticed)
    straight.addHandler(heard)
    straight.setLevel(logging.DEBUG)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", noticed)
        straight.removeHandler(heard)
        straight.setLevel(level)
