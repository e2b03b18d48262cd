"""Which projects have no status though it was due, and whose turn it is to send it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.read_models import Actor, MissingPage
from models.rules.access import POLICY, Capability
from models.rules.statuses.periods import Period
from models.services.projects.role_holders import holders_of
from models.services.projects.rows import projects
from models.services.statuses.asking import turn_of
from models.services.statuses.deadlines import Deadline, Deadlines, deadlines
from models.services.statuses.owed import (
    SUBMITTING,
    looked_at_since,
    owed_in,
    present_of,
    projects_of,
    theirs,
)
from models.services.statuses.rows import statuses, submitted_since

SHOWN = 20
"""Lines of the list."""


def missing(session: Session, actor: Actor, now: datetime, *, only_mine: bool) -> MissingPage:
    """Return the projects whose latest period has no status though it was due.

    A project whose ritual is not switched on is not asked, so nothing of it is missing. The number of
    statements does not grow with the number of projects.
    """
    due = deadlines(session, actor.workspace_id, now)
    if not due.project_ids:
        return MissingPage((), 0, asked=0)
    is_asked = projects.c.id.in_(due.project_ids)
    wanted = and_(is_asked, projects.c.id.in_(theirs(actor))) if only_mine else is_asked
    rows = projects_of(session, actor, wanted, now)
    lacking = lacking_latest(session, rows, due, now)
    shown = [row for row in rows if row.id in lacking][:SHOWN]
    submitted = submitted_since(session, actor.workspace_id, [row.id for row in shown], looked_at_since(now))
    holders = holders_of(session, [row.id for row in shown], SUBMITTING)
    may_all = not actor.organisation_roles.isdisjoint(POLICY[Capability.SUBMIT_STATUS])
    lines = tuple(
        replace(
            owed_in(row, lacking[row.id][0], submitted, due, now, may_submit=may_all or row.is_theirs),
            turn=turn_of(holders, row.id, now.astimezone(ZoneInfo(row.timezone)).date()),
        )
        for row in shown
    )
    return MissingPage(lines, len(lacking), asked=len(rows))


def lacking_latest(
    session: Session, rows: Sequence[Any], due: Deadlines, now: datetime
) -> Mapping[UUID, tuple[Period, Deadline]]:
    """Return, of these projects' rows, the latest period that was due and has no status."""
    latest = {row.id: found for row in rows if (found := due.latest(row.id, present_of(row, now), now))}
    submitted = session.connection().execute(
        select(statuses.c.project_id, statuses.c.cadence, statuses.c.starts_on).where(
            statuses.c.project_id.in_(latest),
            statuses.c.starts_on.in_({period.starts_on for period, _ in latest.values()}),
        )
    )
    are_in = {(row.project_id, Period(row.starts_on, row.cadence)) for row in submitted}
    return {each: found for each, found in latest.items() if (each, found[0]) not in are_in}
