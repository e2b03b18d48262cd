"""A person's home as the report returns it: what they owe, their projects, and what is wrong elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.read_models.actions import ActionView
from models.read_models.moods import MoodState
from models.read_models.people import Actor, PersonRef
from models.read_models.risks import RiskView


class Debt(StrEnum):
    """What a risk waits for the person to do; each risk is named once, under the first that fits."""

    ACCEPTANCE = "acceptance"
    """Somebody asked for leave to accept it."""
    SCORE = "score"
    """It was proposed on a project that the person manages."""
    REVIEW = "review"
    """The person owns it, and its review is overdue."""


@dataclass(frozen=True)
class HomePages:
    """Which page of each list is shown, from 1."""

    mine: int = 1
    portfolio: int = 1


@dataclass(frozen=True)
class Owed:
    """The first few things of one sort, and how many there are in all."""

    total: int = 0
    risks: tuple[RiskView, ...] = ()


@dataclass(frozen=True)
class OwedActions:
    """The first few of the person's actions that are late or due soon.

    ``total`` counts those in all, ``late`` the overdue among them, ``open`` everything they have yet to do.
    """

    actions: tuple[ActionView, ...] = ()
    total: int = 0
    late: int = 0
    open: int = 0


@dataclass(frozen=True)
class HomeProject:
    """A project as a line: its gravest open risks, how its client is, and who manages it."""

    id: UUID
    key: str
    name: str
    channel_id: str
    critical: int
    high: int
    has_alert: bool
    """False also for who may not know of one."""
    mood: MoodState
    manager: PersonRef | None = None

    @property
    def is_exceptional(self) -> bool:
        """Tell whether somebody above the project should look."""
        return bool(self.critical or self.high or self.has_alert)


@dataclass(frozen=True)
class HomeProjects:
    """One page of projects, the gravest first; ``total`` counts all pages."""

    lines: tuple[HomeProject, ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0


@dataclass(frozen=True)
class HomeView:
    """Everything that a person's home shows, as of ``now``.

    ``portfolio`` is None for who looks after no more than their own projects; ``everywhere`` counts all
    active projects.
    """

    actor: Actor
    now: datetime
    today: date
    actions: OwedActions
    mine: HomeProjects
    owed: Mapping[Debt, Owed] = field(default_factory=dict)
    portfolio: HomeProjects | None = None
    everywhere: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show yet, so that the first steps are in order."""
        leads_some = self.portfolio is not None and self.everywhere
        return not (self.mine.total or self.debts or self.actions.open or leads_some)

    @property
    def debts(self) -> int:
        """Return how many things wait for the person."""
        return self.actions.total + sum(each.total for each in self.owed.values())
