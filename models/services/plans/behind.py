"""Which projects are behind their plans: what is overdue, what was rejected, what check is due."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import DeliverableView, MilestoneView
from models.read_models.home import LatePlan
from models.rules.plans.deliverables import DeliverableState
from models.services.plans.kinds import DELIVERABLES, MILESTONES
from models.services.projects.health_check_rows import checked_projects, owed_by
from models.tables import projects

_NOT_THERE = (DeliverableState.DUE, DeliverableState.REJECTED)


class PlanReadings:
    """Read-only and without a person: who may see a message is checked where it is sent to."""

    def __init__(self, database: Database) -> None:
        """Take where the plans are kept."""
        self._database = database

    def behind(
        self, workspace_id: UUID, project_ids: Collection[UUID], today: date
    ) -> Mapping[UUID, LatePlan]:
        """Return how far these projects are behind their plans, also of those that are not."""
        with self._database.read() as session:
            found = _plans(session, workspace_id, project_ids, today)
        return {each.project_id: each for each in found}


def plans_behind(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID], today: date
) -> Sequence[LatePlan]:
    """Return those of the projects that are behind their plans, by their keys, in five statements at most."""
    found = _plans(session, workspace_id, project_ids, today) if project_ids else ()
    return [each for each in found if each.is_behind or each.checked_since]


def _plans(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID], today: date
) -> Sequence[LatePlan]:
    rows = session.execute(
        select(projects.c.id, projects.c.key).where(projects.c.id.in_(project_ids)).order_by(projects.c.key)
    ).all()
    milestones = defaultdict[UUID, list[MilestoneView]](list)
    for milestone in _open_milestones(session, workspace_id, project_ids, today):
        milestones[milestone.project_id].append(milestone)
    deliverables = defaultdict[UUID, list[DeliverableView]](list)
    for deliverable in _deliverables(session, workspace_id, project_ids):
        deliverables[deliverable.project_id].append(deliverable)
    checks = {
        each.id: check.since
        for each in checked_projects(session, workspace_id, project_ids).values()
        if (check := owed_by(each, today)) is not None
    }
    return [
        LatePlan(
            row.id,
            row.key,
            tuple(_overdue(milestones[row.id], deliverables[row.id], today)),
            tuple(
                f"{each.name} {each.title}"
                for each in deliverables[row.id]
                if each.state is DeliverableState.REJECTED
            ),
            checks.get(row.id),
        )
        for row in rows
    ]


def _overdue(
    milestones: Sequence[MilestoneView], deliverables: Sequence[DeliverableView], today: date
) -> Iterator[tuple[str, int]]:
    dated: Sequence[MilestoneView | DeliverableView] = (*milestones, *deliverables)
    for each in dated:
        if days := each.overdue(today):
            yield f"{each.name} {each.title}", days


def _open_milestones(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID], today: date
) -> tuple[MilestoneView, ...]:
    columns = MILESTONES.table.c
    return MILESTONES.read(
        session,
        workspace_id,
        columns.project_id.in_(project_ids),
        columns.removed_at.is_(None),
        columns.done_on.is_(None),
        columns.forecast_on < today,
    )


def _deliverables(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID]
) -> tuple[DeliverableView, ...]:
    columns = DELIVERABLES.table.c
    return DELIVERABLES.read(
        session,
        workspace_id,
        columns.project_id.in_(project_ids),
        columns.removed_at.is_(None),
        columns.state.in_(_NOT_THERE),
    )
