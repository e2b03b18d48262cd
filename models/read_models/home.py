"""A person's home as the report returns it: what they owe, their projects, and what is wrong elsewhere."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from models.read_models.actions import ActionView
from models.read_models.actors import Actor
from models.read_models.moods import MoodState
from models.read_models.people import PersonRef
from models.read_models.raid import RaidView
from models.read_models.risks import RiskView
from models.read_models.standings import OwedStatus
from models.rules.statuses.periods import Period
from models.rules.statuses.rag import Colour, Movement, before_of, movement, periods_at
from models.rules.surveys.asking import SurveyTrigger
from models.value import Value

T = TypeVar("T")


class Debt(StrEnum):
    """What a risk waits for the person to do; each risk is named once, under the first that fits."""

    ACCEPTANCE = "acceptance"
    """Somebody asked for leave to accept it."""
    OWNER = "owner"
    """It is scored, nobody owns it, and the person manages its project."""
    SCORE = "score"
    """It was proposed on a project that the person manages, and not scored yet."""
    REVIEW = "review"
    """The person owns it, and its review is overdue or its day has passed."""


class HomePages(Value):
    """Which page of each list is shown, from 1."""

    mine: int = 1
    portfolio: int = 1


class Owed(Value, Generic[T]):
    """The first few things of one sort that wait, and how many there are in all."""

    total: int = 0
    first: tuple[T, ...] = ()
    late: int = 0
    """How many of all are past their day, where they have one."""

    @property
    def more(self) -> int:
        """Return how many there are beside the first."""
        return self.total - len(self.first)


class OwedActions(Owed[ActionView]):
    """The person's actions that are late or due soon; ``open`` counts everything they have yet to do."""

    open: int = 0


class HomeColour(Value):
    """How a project stood when somebody last said so; ``earlier`` is newest first, None where nobody did.

    ``is_stale`` where a period since then counts as missing.
    """

    period: Period
    colour: Colour
    earlier: tuple[Colour | None, ...] = ()
    is_stale: bool = False
    is_flagged: bool = False
    """Whether it is green, and something inside says otherwise."""
    is_unexplained: bool = False
    """Whether nobody has said why it is green all the same."""

    @property
    def before(self) -> Colour | None:
        """Return the colour that the arrow compares with."""
        return before_of(self.earlier)

    @property
    def movement(self) -> Movement:
        """Return which way it went."""
        return movement(self.before, self.colour)

    @property
    def periods_at_colour(self) -> int:
        """Return for how many periods in a row it has been this colour."""
        return periods_at(self.colour, self.earlier)


class UntakenAlert(Value):
    """A mood alert that nobody has taken yet, or of which nobody has heard since somebody did."""

    id: UUID
    project_id: UUID
    project_key: str
    opened_on: date
    taken_at: datetime | None = None
    taker: str | None = None
    dissatisfied_at: datetime | None = None
    """Since when the same client waits for a call about an answer as well, where they do."""


class MissingMinutes(Value):
    """A meeting of which the person is to write what was agreed."""

    agenda_id: UUID
    meeting: str
    held_on: date
    """Where the person is."""


class LatePlan(Value):
    """What of a project's plan its manager is to see to, with the working days that something is late."""

    project_id: UUID
    project_key: str
    overdue: tuple[tuple[str, int], ...] = ()
    rejected: tuple[str, ...] = ()
    checked_since: date | None = None
    """Since when a health check is due, where one is."""

    @property
    def is_behind(self) -> bool:
        """Tell whether something is overdue, or was rejected."""
        return bool(self.overdue or self.rejected)


class WaitingSurvey(Value):
    """An occasion to ask a client how satisfied they are."""

    project_id: UUID
    project_key: str
    trigger: SurveyTrigger
    about: str


class LateCall(Value):
    """A client who waits for a call; what they said is not in it."""

    id: UUID
    project_id: UUID
    project_key: str
    answered_at: datetime
    is_open: bool
    owner: PersonRef | None = None
    """Who is to call them."""


class ProjectStanding(Value):
    """How a project stands and its client is; ``status`` is None while nobody has ever said the former."""

    status: HomeColour | None
    mood: MoodState

    @property
    def has_alert(self) -> bool:
        """Tell whether there is a mood alert of which the person may know."""
        return self.mood.has_alert


class HomeProject(Value):
    """A project as a line: how it stands, its gravest open risks, how its client is, and who manages it.

    ``status`` is None while nobody has ever said how it stands, ``manager`` "" where nobody manages it.
    """

    id: UUID
    key: str
    name: str
    channel_id: str
    critical: int
    high: int
    has_alert: bool
    """False also for who may not know of one."""
    mood: MoodState
    status: HomeColour | None = None
    manager: str = ""


class HomeProjects(Value):
    """One page of projects, the gravest first; ``total`` counts all pages."""

    lines: tuple[HomeProject, ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0


class HomeView(Value):
    """Everything that a person's home shows, as of ``now``.

    ``portfolio`` is None for who looks after no more than their own projects; ``everywhere`` counts all
    active projects.
    """

    actor: Actor
    now: datetime
    today: date
    actions: OwedActions
    mine: HomeProjects
    away_until: date | None = None
    """The last day on which others are asked in the person's place."""
    statuses: Owed[OwedStatus] = Owed()
    """The statuses that are due soon, or were."""
    unexplained: Owed[OwedStatus] = Owed()
    """The projects whose green waits for a word of the person's, or another colour."""
    missing: Owed[OwedStatus] = Owed()
    """To delivery managers: what was due, isn't in, and waits for others."""
    alerts: Owed[UntakenAlert] = Owed()
    records: Owed[RaidView] = Owed()
    """Issues, assumptions, dependencies and decisions that the person sees to, late or due soon."""
    surveys: Owed[WaitingSurvey] = Owed()
    """Clients that wait to be asked how satisfied they are."""
    calls: Owed[LateCall] = Owed()
    """Dissatisfied clients whom nobody has called in time, without those that ``alerts`` names."""
    minutes: Owed[MissingMinutes] = Owed()
    plans: Owed[LatePlan] = Owed()
    """Projects that the person manages, of which milestones or deliverables are late, or a check is due."""
    owed: Mapping[Debt, Owed[RiskView]] = field(default_factory=dict)
    portfolio: HomeProjects | None = None
    everywhere: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show yet, so that the first steps are in order."""
        leads_some = self.portfolio is not None and self.everywhere
        return not (self.mine.total or self.debts or self.actions.open or leads_some)

    @property
    def late(self) -> int:
        """Return how many of those things are past their day."""
        reviews = self.owed.get(Debt.REVIEW, Owed())
        dated = (self.actions, self.statuses, self.records, self.minutes, self.plans, self.alerts)
        return sum(each.late for each in dated) + self.calls.total + reviews.total

    @property
    def debts(self) -> int:
        """Return how many things wait for the person."""
        risks = sum(each.total for each in self.owed.values())
        clients = (self.alerts, self.surveys, self.calls)
        others = (self.statuses, self.unexplained, self.records, self.minutes, self.plans, *clients)
        return risks + self.actions.total + sum(each.total for each in others)
