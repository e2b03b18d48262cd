"""Works out what projects' plans say by themselves: as many queries for one project as for a thousand."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models.read_models import DeliverableView, Fact, MilestoneView, PlanFacts
from models.read_models.plans import RecordT
from models.rules.plans.deliverables import DeliverableState
from models.rules.plans.milestones import MilestoneState, slip_share
from models.services.plans.kinds import DELIVERABLES, MILESTONES
from models.services.plans.rows import Kind
from models.tables import projects
from models.value import replace


def plan_facts(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID], now: datetime
) -> Mapping[UUID, PlanFacts]:
    """Return what each project's plan says on the day it is there; all that were asked for are in it."""
    milestones = _by_project(MILESTONES, session, workspace_id, project_ids)
    deliverables = _by_project(DELIVERABLES, session, workspace_id, project_ids)
    found = dict.fromkeys(project_ids, PlanFacts())
    for project in _projects(session, workspace_id, list({*milestones, *deliverables})):
        today = now.astimezone(ZoneInfo(project.timezone)).date()
        said = _of_milestones(milestones.get(project.id, []), project.starts_on, today)
        found[project.id] = _with_deliverables(said, deliverables.get(project.id, []), today)
    return found


def _by_project(
    kind: Kind[RecordT], session: Session, workspace_id: UUID, project_ids: Collection[UUID]
) -> Mapping[UUID, list[RecordT]]:
    columns = kind.table.c
    found: dict[UUID, list[RecordT]] = defaultdict(list)
    for record in kind.read(
        session, workspace_id, columns.project_id.in_(project_ids), columns.removed_at.is_(None)
    ):
        found[record.project_id].append(record)
    return found


def _projects(session: Session, workspace_id: UUID, ids: Sequence[UUID]) -> Sequence[Row[Any]]:
    wanted = select(projects.c.id, projects.c.timezone, projects.c.starts_on).where(
        projects.c.workspace_id == workspace_id, projects.c.id.in_(ids)
    )
    return list(session.execute(wanted))


def _of_milestones(milestones: Sequence[MilestoneView], starts_on: date | None, today: date) -> PlanFacts:
    if not milestones:
        return PlanFacts()
    still = [each for each in milestones if each.state is MilestoneState.OPEN]
    last = max(milestones, key=lambda each: each.baseline_on)
    worst = max(still or [last], key=lambda each: each.slip)
    late = [Fact(each.name, each.title, each.overdue(today)) for each in still if each.overdue(today)]
    return PlanFacts(
        milestones=len(milestones),
        overdue=tuple(sorted(late, key=lambda fact: -fact.days)),
        slip=Fact(worst.name, worst.title, worst.slip),
        slip_share=slip_share(worst.slip, starts_on, last.baseline_on) if starts_on else None,
    )


def _with_deliverables(said: PlanFacts, deliverables: Sequence[DeliverableView], today: date) -> PlanFacts:
    rejected = [
        Fact(each.name, each.title, (today - each.decided_on).days if each.decided_on else 0)
        for each in deliverables
        if each.state is DeliverableState.REJECTED
    ]
    return replace(said, deliverables=len(deliverables), rejected=tuple(rejected))
