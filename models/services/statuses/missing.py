"""Which projects have no status though it was due, and whose turn it is to send it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_
from sqlalchemy.orm import Session

from models.read_models import Actor, MissingPage, OwedStatus
from models.rules.access import POLICY, Capability
from models.services.projects.role_holders import holders_of
from models.services.standing import turn_of
from models.services.statuses.asked_rows import IS_ASKED
from models.services.statuses.at_large import Lacking, at_large
from models.services.statuses.came_in import submitted_since
from models.services.statuses.deadlines import Deadlines
from models.services.statuses.owed import SUBMITTING, looked_at_since, owed_in, theirs
from models.tables import projects
from models.value import replace

SHOWN = 20
"""Lines of the list."""


def missing(session: Session, actor: Actor, now: datetime, *, only_mine: bool) -> MissingPage:
    """Return the projects whose latest period has no status though it was due.

    A project whose ritual is not switched on is not asked, so nothing of it is missing. The number of
    statements does not grow with the number of projects.
    """
    wanted = and_(IS_ASKED, projects.c.id.in_(theirs(actor))) if only_mine else IS_ASKED
    found = at_large(session, actor, now, wanted, SHOWN)
    if not found.asked:
        return MissingPage((), 0, asked=0)
    submitted = submitted_since(
        session, actor.workspace_id, [each.row.id for each in found.lacking], looked_at_since(now)
    )
    lines = missing_lines(session, actor, found.lacking, submitted, found.due, now)
    return MissingPage(lines, found.total, asked=found.asked)


def missing_lines(
    session: Session,
    actor: Actor,
    lacking: Sequence[Lacking],
    submitted: Sequence[Any],
    due: Deadlines,
    now: datetime,
) -> tuple[OwedStatus, ...]:
    """Return what is missing with whose turn it is, by what was submitted of late."""
    holders = holders_of(session, [each.row.id for each in lacking], SUBMITTING)
    may_all = not actor.organisation_roles.isdisjoint(POLICY[Capability.SUBMIT_STATUS])
    return tuple(
        replace(
            owed_in(row, each.period, submitted, due, now, may_submit=may_all or row.is_theirs),
            turn=turn_of(holders.get(row.id, ()), now.astimezone(ZoneInfo(row.timezone)).date()),
        )
        for each in lacking
        for row in [each.row]
    )
