"""Where the projects of Studio North stood, and what they were to reach, before the visitor came in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from models.database import Database
from models.read_models import (
    Actor,
    DeliverableView,
    MeasureView,
    MilestoneView,
    Origin,
    PhaseStay,
    ProjectView,
)
from models.rules.plans.deliverables import DeliverableState
from models.rules.plans.measures import Outcome
from models.rules.plans.phases import Phase
from models.services.plans.past import PastPlan, PastPlans
from models.services.projects.fields import profile_of
from models.services.projects.profiles import ProjectProfiles
from models.value import Value, replace


class _Course(Value):
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


class _Measure(Value):
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


class _Goal(Value):
    """A milestone; days from the visitor on, below 0 for what lies behind. ``late`` is what it moved by."""

    project: str
    title: str
    agreed: int
    late: int = 0
    done: int | None = None
    accepted: int | None = None
    by: str = ""


_GOALS = (
    _Goal("ACME", "Design signed off", -35, done=-33, accepted=-30, by="Robin Vale"),
    _Goal("ACME", "Catalogue live", -14, done=-14, accepted=-10, by="Robin Vale"),
    _Goal("ACME", "Checkout live", 19, late=4),
    _Goal("ACME", "Handed over to Acme's own team", 40),
    _Goal("BOREALIS", "Booking without seats", -28, done=-24, accepted=-20, by="Oskar Lind"),
    _Goal("BOREALIS", "Seat map in booking", -21, late=10),
    _Goal("BOREALIS", "Open for the season", 28, late=14),
    _Goal("COBALT", "App in both stores", -20, late=6, done=-14, accepted=-9, by="Maud Keller"),
    _Goal("COBALT", "Handed over to support", 9),
    _Goal("DELTA", "First ten components", 24),
    _Goal("DELTA", "Booking platform moved over", 66),
)


class _Part(Value):
    """A deliverable of a milestone, by its number; days as above, ``decided`` by the client at ``by``."""

    project: str
    title: str
    milestone: int
    due: int | None = None
    submitted: int | None = None
    decided: int | None = None
    by: str = ""
    rejection: str = ""
    evidence: str = ""


_PARTS = (
    _Part("ACME", "Design files", 1, submitted=-34, decided=-30, by="Robin Vale"),
    _Part("ACME", "Product catalogue", 2, submitted=-14, decided=-10, by="Robin Vale"),
    _Part("ACME", "Test report of the checkout", 3, due=12),
    _Part("ACME", "API guide", 3, submitted=-9, decided=-5, rejection="No word about refunds."),
    _Part("ACME", "Runbook", 4),
    _Part("BOREALIS", "Booking without seats", 1, submitted=-25, decided=-20, by="Oskar Lind"),
    _Part("BOREALIS", "Seat map", 2),
    _Part("BOREALIS", "Load test report", 3, due=14),
    _Part("COBALT", "App for both stores", 1, submitted=-14, decided=-9, by="Maud Keller"),
    _Part("COBALT", "Handbook for support", 2, submitted=-2, evidence="Sent to Maud by mail"),
)


class Planner:
    """Writes what was planned; all of a project at once, for each by itself would take a second."""

    def __init__(
        self, database: Database, actors: Mapping[str, Actor], *, origin: Origin, now: datetime
    ) -> None:
        """Take where it goes, who did it, and the moment at which the visitor comes in."""
        self._profiles, self._plans = ProjectProfiles(database), PastPlans(database)
        self._actors, self._origin, self._now = actors, origin, now

    def plan(self, projects: Mapping[str, ProjectView]) -> None:
        """Give each project its dates and its plan."""
        for course in _COURSES:
            lead, project = self._actors[course.lead], projects[course.project]
            began = self._now - timedelta(days=course.started)
            profile = replace(
                profile_of(project),
                starts_on=self._day(-course.started),
                planned_end_on=self._day(course.ends_in),
            )
            self._profiles.edit(
                lead, project.id, profile, version=project.version, origin=self._origin, now=began
            )
            milestones = tuple(self._milestones(project, lead))
            plan = PastPlan(
                tuple(self._stays(course)),
                tuple(self._measures(project)),
                milestones,
                tuple(self._deliverables(project, milestones, lead)),
            )
            self._plans.take_over(lead, project.id, plan, origin=self._origin, now=began)

    def _stays(self, course: _Course) -> Iterator[PhaseStay]:
        lead = self._actors[course.lead].person
        ends = [*(ago for _, ago in course.entered[1:]), None]
        for (phase, ago), left in zip(course.entered, ends, strict=True):
            stay = PhaseStay(uuid4(), phase, self._day(-ago), lead)
            yield stay if left is None else replace(stay, left_on=self._day(-left), left_by=lead)

    def _measures(self, project: ProjectView) -> Iterator[MeasureView]:
        theirs = (each for each in _MEASURES if each.project == project.key)
        for number, each in enumerate(theirs, start=1):
            said = self._added(project, self._actors[each.author], number, 56)
            yield MeasureView(title=each.title, target=each.target, outcome=each.outcome, **said)

    def _milestones(self, project: ProjectView, lead: Actor) -> Iterator[MilestoneView]:
        theirs = (each for each in _GOALS if each.project == project.key)
        for number, each in enumerate(theirs, start=1):
            said = self._added(project, lead, number, 50)
            yield MilestoneView(
                title=each.title,
                baseline_on=self._day(each.agreed),
                forecast_on=self._day(each.agreed + each.late),
                done_on=self._maybe(each.done),
                accepted_on=self._maybe(each.accepted),
                accepted_by=each.by,
                **said,
            )

    def _deliverables(
        self, project: ProjectView, milestones: Sequence[MilestoneView], lead: Actor
    ) -> Iterator[DeliverableView]:
        theirs = (each for each in _PARTS if each.project == project.key)
        for number, each in enumerate(theirs, start=1):
            is_submitted, is_decided = each.submitted is not None, each.decided is not None
            yield DeliverableView(
                title=each.title,
                milestone_id=milestones[each.milestone - 1].id,
                due_on=self._maybe(each.due),
                state=_state(each),
                evidence=each.evidence,
                submitted_on=self._maybe(each.submitted),
                submitted_by_id=lead.person.id if is_submitted else None,
                decided_on=self._maybe(each.decided),
                decided_by_id=lead.person.id if is_decided else None,
                accepted_by=each.by,
                rejection=each.rejection,
                rejections=1 if each.rejection else 0,
                **self._added(project, lead, number, 48),
            )

    def _maybe(self, ahead: int | None) -> date | None:
        return None if ahead is None else self._day(ahead)

    def _added(self, project: ProjectView, actor: Actor, number: int, ago: int) -> dict[str, Any]:
        """Return what all records have."""
        at = self._now - timedelta(days=ago)
        return {
            "id": uuid4(),
            "workspace_id": actor.workspace_id,
            "project_id": project.id,
            "project_key": project.key,
            "number": number,
            "added_by": actor.person,
            "added_at": at,
            "updated_at": at,
        }

    def _day(self, ahead: int) -> date:
        return (self._now + timedelta(days=ahead)).date()


def _state(part: _Part) -> DeliverableState:
    if part.submitted is None:
        return DeliverableState.DUE
    if part.decided is None:
        return DeliverableState.SUBMITTED
    return DeliverableState.REJECTED if part.rejection else DeliverableState.ACCEPTED
