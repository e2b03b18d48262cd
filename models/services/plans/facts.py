"""Works out what projects' plans say by themselves: as many queries for one project as for a thousand."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models.read_models import Fact, MilestoneView, PlanFacts
from models.rules.milestones import MilestoneState, slip_share
from models.services.plans.milestones import MILESTONES
from models.services.projects.rows import projects


def plan_facts(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID], now: datetime
) -> Mapping[UUID, PlanFacts]:
    """Return what each project's plan says on the day it is there; all that were asked for are in it."""
    columns = MILESTONES.table.c
    milestones: dict[UUID, list[MilestoneView]] = defaultdict(list)
    for milestone in MILESTONES.read(
        session, workspace_id, columns.project_id.in_(project_ids), columns.removed_at.is_(None)
    ):
        milestones[milestone.project_id].append(milestone)
    found = dict.fromkeys(project_ids, PlanFacts())
    for project in _projects(session, workspace_id, list(milestones)):
        today = now.astimezone(ZoneInfo(project.timezone)).date()
        found[project.id] = _facts(milestones[project.id], project.starts_on, today)
    return found


def _projects(session: Session, workspace_id: UUID, ids: Sequence[UUID]) -> Sequence[Row[Any]]:
    wanted = select(projects.c.id, projects.c.timezone, projects.c.starts_on).where(
        projects.c.workspace_id == workspace_id, projects.c.id.in_(ids)
    )
    return list(session.execute(wanted))


def _facts(milestones: Sequence[MilestoneView], starts_on: date | None, today: date) -> PlanFacts:
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
