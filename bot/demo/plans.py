"""Where the projects of Studio North stood, and what they were to reach, before the visitor came in."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, update

from models.database import Database
from models.read_models import Actor, ProjectView
from models.rules.measures import Outcome
from models.rules.phases import Phase
from models.tables import AuditEntry, Project, ProjectPhase, SuccessMeasure
from models.tables.base import Base, table_of


@dataclass(frozen=True)
class _Course:
    """A project's dates and phases: days before the visitor, each phase with when it was entered."""

    project: str
    lead: str
    started: int
    ends_in: int
    entered: tuple[tuple[Phase, int], ...]


_COURSES = (
    _Course(
        "ACME",
        "dana",
        70,
        42,
        ((Phase.QUALIFY, 110), (Phase.HANDOVER, 84), (Phase.LAUNCH, 70), (Phase.DELIVER, 49)),
    ),
    _Course("BOREALIS", "lee", 91, 35, ((Phase.HANDOVER, 98), (Phase.LAUNCH, 91), (Phase.DELIVER, 63))),
    _Course("COBALT", "dana", 126, 14, ((Phase.LAUNCH, 126), (Phase.DELIVER, 105), (Phase.CLOSE, 6))),
    _Course("DELTA", "lee", 21, 70, ((Phase.LAUNCH, 21),)),
)


@dataclass(frozen=True)
class _Measure:
    """What success is measured by; the design system has none yet."""

    project: str
    author: str
    title: str
    target: str
    outcome: Outcome | None


_MEASURES = (
    _Measure("ACME", "dana", "Checkout conversion", "2.1 % to 2.6 % within a quarter", Outcome.REVENUE),
    _Measure("ACME", "priya", "Calls to Acme's hotline about orders", "a third fewer", Outcome.EFFICIENCY),
    _Measure("BOREALIS", "lee", "Seats booked online", "4 of 5 by the season's end", Outcome.REVENUE),
    _Measure("COBALT", "ines", "Rating in both stores", "4.5 or better for a month", None),
    _Measure("COBALT", "dana", "Crashes", "fewer than 1 in 1,000 sessions", Outcome.LESS_RISK),
)


def plan(
    database: Database, actors: Mapping[str, Actor], projects: Mapping[str, ProjectView], now: datetime
) -> None:
    """Write it all at once: each by the service, as people do it, would take a second."""
    writer = _Writer(actors, projects, now)
    rows: dict[type[Base], list[dict[str, Any]]] = {
        ProjectPhase: list(writer.phases()),
        SuccessMeasure: list(writer.measures()),
    }
    rows[AuditEntry] = writer.entries
    with database.write() as session:
        for course in _COURSES:
            session.execute(writer.course(course))
        for mapped, values in rows.items():
            session.execute(insert(table_of(mapped)), values)


class _Writer:
    """Turns the story into rows, and notes what the audit trail has to have of them."""

    def __init__(
        self, actors: Mapping[str, Actor], projects: Mapping[str, ProjectView], now: datetime
    ) -> None:
        self._actors, self._projects, self._now = actors, projects, now
        self.entries: list[dict[str, Any]] = []

    def course(self, course: _Course) -> Any:  # noqa: ANN401 - an UPDATE.
        projects = table_of(Project)
        return (
            update(projects)
            .where(projects.c.id == self._projects[course.project].id)
            .values(
                starts_on=self._day(-course.started),
                planned_end_on=self._day(course.ends_in),
                phase=course.entered[-1][0],
            )
        )

    def phases(self) -> Iterator[dict[str, Any]]:
        for course in _COURSES:
            lead = self._actors[course.lead]
            ends = [*(ago for _, ago in course.entered[1:]), None]
            for (phase, ago), left in zip(course.entered, ends, strict=True):
                yield {
                    "id": uuid4(),
                    "workspace_id": lead.workspace_id,
                    "project_id": self._projects[course.project].id,
                    "phase": phase,
                    "entered_on": self._day(-ago),
                    "entered_at": self._now - timedelta(days=ago),
                    "entered_by_id": lead.person.id,
                    "reason": "",
                    "left_on": self._day(-left) if left is not None else None,
                    "left_by_id": lead.person.id if left is not None else None,
                }

    def measures(self) -> Iterator[dict[str, Any]]:
        numbers: Counter[str] = Counter()
        for each in _MEASURES:
            numbers[each.project] += 1
            said = {"title": each.title, "target": each.target, "outcome": each.outcome}
            yield self._added("success measure", each.project, each.author, numbers[each.project], said, 56)

    def _added(
        self, what: str, project: str, author: str, number: int, said: dict[str, Any], ago: int
    ) -> dict[str, Any]:
        """Return a record's row, and note that it was added."""
        actor, at, record_id = self._actors[author], self._now - timedelta(days=ago), uuid4()
        self.entries.append(
            {
                "workspace_id": actor.workspace_id,
                "entity": what,
                "entity_id": record_id,
                "version": 1,
                "at": at,
                "person_id": actor.person.id,
                "action": "added",
                "changes": [
                    {"field": name, "before": None, "after": str(value)}
                    for name, value in said.items()
                    if value is not None
                ],
                "reason": "",
                "correlation_id": "story",
            }
        )
        return {
            "id": record_id,
            "workspace_id": actor.workspace_id,
            "project_id": self._projects[project].id,
            "number": number,
            "version": 1,
            "added_by_id": actor.person.id,
            "added_at": at,
            "updated_at": at,
            "removed_at": None,
            **said,
        }

    def _day(self, ahead: int) -> date:
        return (self._now + timedelta(days=ahead)).date()
