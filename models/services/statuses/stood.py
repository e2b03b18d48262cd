"""How some projects stood of late, in three statements."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import StoodProject
from models.rules.statuses.periods import CADENCES, Period
from models.rules.statuses.rag import Colour
from models.services.statuses.came_in import submitted_since
from models.services.statuses.unexplained import is_unexplained
from models.tables import projects


def stood(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID], since: date
) -> Sequence[StoodProject]:
    """Return how these projects stood from that day on, without those that are over, by key."""
    rows = session.connection().execute(
        select(projects.c.id, projects.c.key, projects.c.name, projects.c.kind)
        .where(
            projects.c.workspace_id == workspace_id,
            projects.c.id.in_(project_ids),
            projects.c.archived_at.is_(None),
        )
        .order_by(projects.c.key)
    )
    colours: defaultdict[UUID, dict[Period, Colour]] = defaultdict(dict)
    unexplained: defaultdict[UUID, set[Period]] = defaultdict(set)
    ids: defaultdict[UUID, dict[Period, UUID]] = defaultdict(dict)
    for each in submitted_since(session, workspace_id, project_ids, since):
        period = Period(each.starts_on, each.cadence)
        colours[each.project_id][period] = each.declared
        ids[each.project_id][period] = each.id
        if is_unexplained(each, with_restricted=False):
            unexplained[each.project_id].add(period)
    return [
        StoodProject(
            row.id,
            row.key,
            row.name,
            CADENCES[row.kind],
            colours[row.id],
            ids[row.id],
            frozenset(unexplained[row.id]),
        )
        for row in rows
    ]
