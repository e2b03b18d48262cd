"""Which projects have no status though it was due, and whose turn it is to send it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.read_models import Actor, MissingPage, OwedStatus
from models.rules.access import POLICY, Capability
from models.rules.statuses.periods import Period, longest_silence_first
from models.services.projects.role_holders import holders_of
from models.services.projects.rows import projects
from models.services.standing import turn_of
from models.services.statuses.deadlines import Deadline, Deadlines, deadlines
from models.services.statuses.owed import (
    SUBMITTING,
    looked_at_since,
    owed_in,
    present_of,
    projects_of,
    silent_since,
    theirs,
)
from models.services.statuses.rows import statuses, submitted_since
from models.value import Value

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
    lacking = lacking_first(session, rows, due, now)
    submitted = submitted_since(
        session, actor.workspace_id, [each.row.id for each in lacking[:SHOWN]], looked_at_since(now)
    )
    lines = missing_lines(session, actor, lacking[:SHOWN], submitted, due, now)
    return MissingPage(lines, len(lacking), asked=len(rows))


class Lacking(Value):
    """A project's row with the latest period that was due and has no status."""

    row: Any
    period: Period
    deadline: Deadline


def lacking_first(session: Session, rows: Sequence[Any], due: Deadlines, now: datetime) -> Sequence[Lacking]:
    """Return which of these projects lack a status: the person's own first, then who is silent longest."""
    found = lacking_latest(session, rows, due, now)
    lacking = [Lacking(row, *found[row.id]) for row in rows if row.id in found]
    return sorted(lacking, key=lambda each: _urgency(each, due))


def _urgency(each: Lacking, due: Deadlines) -> tuple[bool, tuple[date, int], datetime, str]:
    silence = longest_silence_first(silent_since(due, each.row.id, each.row.last_on), each.period)
    return not each.row.is_theirs, silence, each.deadline.due_at, each.row.key


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
