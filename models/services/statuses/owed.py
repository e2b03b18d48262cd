"""Which projects wait for a status, and whose turn it is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from models.read_models import Actor, MissingPage, OwedStatus
from models.rules.access import POLICY, Capability, ProjectRole
from models.rules.rag_periods import CADENCES, Period
from models.services.projects.rows import memberships, projects
from models.services.statuses.deadlines import Deadline, Deadlines, deadlines
from models.services.statuses.rows import statuses, submitted_since
from models.services.statuses.unexplained import is_unexplained

LOOKS_BACK = timedelta(weeks=13)
SUBMITTING = [role for role in POLICY[Capability.SUBMIT_STATUS] if isinstance(role, ProjectRole)]
"""The project roles that submit."""
MOST = 100
"""Projects of one person."""
SHOWN = 20
"""Lines of the list of what is missing."""


def owed_by(session: Session, actor: Actor, now: datetime) -> tuple[OwedStatus, ...]:
    """Return how the projects stand in whose name the person submits: what waits longest comes first."""
    rows = submitted_by(session, actor)
    submitted = submitted_since(session, actor.workspace_id, [row.id for row in rows], looked_at_since(now))
    return owed_of(session, actor, rows, submitted, now)


def submitted_by(session: Session, actor: Actor) -> Sequence[Any]:
    """Return the rows of the projects in whose name the person submits."""
    return _projects(session, actor, projects.c.id.in_(_theirs(actor)), MOST)


def owed_of(
    session: Session, actor: Actor, rows: Sequence[Any], submitted: Sequence[Any], now: datetime
) -> tuple[OwedStatus, ...]:
    """Return how the present period of each of the person's projects stands, by what was submitted.

    Before these comes what is overdue of a period that is over. Of what was submitted, only what came since
    ``looked_at_since`` counts.
    """
    due = deadlines(session, actor.workspace_id, now, [row.id for row in rows])
    lately = [each for each in submitted if each.starts_on >= looked_at_since(now)]
    found = [_owed(row, present_of(row, now), lately, due, now, may_submit=True) for row in rows]
    found += [
        # That a green is not explained yet, the present period says already.
        replace(_owed(row, period, lately, due, now, may_submit=True), unexplained_id=None)
        for row in rows
        for period in _overdue(row, lately, due, now)
    ]
    return tuple(sorted(found, key=_urgency))


def _overdue(
    row: Any,  # noqa: ANN401 - a project's row.
    submitted: Sequence[Any],
    due: Deadlines,
    now: datetime,
) -> Iterator[Period]:
    """Yield the period before the present one that was due last, where its status isn't in."""
    present = present_of(row, now)
    latest = due.latest(row.id, present, now)
    if latest is None or latest[0] == present or latest[0].starts_on < looked_at_since(now):
        return
    are_in = {Period(each.starts_on, each.cadence) for each in submitted if each.project_id == row.id}
    if latest[0] not in are_in:
        yield latest[0]


def _urgency(owed: OwedStatus) -> tuple[bool, bool, float]:
    at = owed.due_at
    return owed.is_in, at is None, at.timestamp() if at else 0


def looked_at_since(now: datetime) -> date:
    """Return since when a missing status is still looked for."""
    return (now - LOOKS_BACK).date()


def missing(session: Session, actor: Actor, now: datetime, *, only_mine: bool) -> MissingPage:
    """Return the projects whose latest period has no status though it was due.

    A project whose ritual is not switched on is not asked, so nothing of it is missing. The number of
    statements does not grow with the number of projects.
    """
    due = deadlines(session, actor.workspace_id, now)
    if not due.project_ids:
        return MissingPage((), 0, asked=0)
    is_asked = projects.c.id.in_(due.project_ids)
    wanted = and_(is_asked, projects.c.id.in_(_theirs(actor))) if only_mine else is_asked
    rows = _projects(session, actor, wanted)
    lacking = lacking_latest(session, rows, due, now)
    shown = [row for row in rows if row.id in lacking][:SHOWN]
    submitted = submitted_since(session, actor.workspace_id, [row.id for row in shown], looked_at_since(now))
    may_all = not actor.organisation_roles.isdisjoint(POLICY[Capability.SUBMIT_STATUS])
    lines = tuple(
        _owed(row, lacking[row.id][0], submitted, due, now, may_submit=may_all or row.is_theirs)
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


def _theirs(actor: Actor) -> Select[tuple[UUID]]:
    return select(memberships.c.project_id).where(
        memberships.c.person_id == actor.person.id, memberships.c.role.in_(SUBMITTING)
    )


def _projects(
    session: Session, actor: Actor, condition: ColumnElement[bool], limit: int | None = None
) -> Sequence[Any]:
    is_theirs = projects.c.id.in_(_theirs(actor)).label("is_theirs")
    return (
        session.connection()
        .execute(
            select(
                projects.c.id,
                projects.c.key,
                projects.c.name,
                projects.c.timezone,
                projects.c.kind,
                is_theirs,
            )
            .where(projects.c.workspace_id == actor.workspace_id, projects.c.archived_at.is_(None), condition)
            .order_by(is_theirs.desc(), projects.c.key)
            .limit(limit)
        )
        .all()
    )


def present_of(row: Any, now: datetime) -> Period:  # noqa: ANN401 - a project's row.
    """Return the period in which it is now where the project is."""
    return Period.containing(now.astimezone(ZoneInfo(row.timezone)).date(), CADENCES[row.kind])


def _owed(
    row: Any,  # noqa: ANN401 - As above.
    period: Period,
    submitted: Sequence[Any],
    due: Deadlines,
    now: datetime,
    *,
    may_submit: bool,
) -> OwedStatus:
    theirs = {
        each.starts_on: each
        for each in submitted
        if (each.project_id, each.cadence) == (row.id, period.cadence) and each.starts_on <= period.starts_on
    }
    present = theirs.get(period.starts_on)
    newest = theirs[max(theirs)] if theirs else None
    lacks_words = newest is not None and may_submit and is_unexplained(newest, with_restricted=True)
    deadline = due.of(row.id, period)
    return OwedStatus(
        project_id=row.id,
        project_key=row.key,
        project_name=row.name,
        timezone=row.timezone,
        period=period,
        state=due.state(row.id, period, present.submitted_at if present else None, now),
        last=newest.declared if newest else None,
        due_at=deadline.due_at if deadline else None,
        may_submit=may_submit,
        missed=missed(due, row.id, period, theirs, now) if present is None else 0,
        unexplained_id=newest.id if newest and lacks_words else None,
    )


def missed(due: Deadlines, project_id: UUID, period: Period, starts: Collection[date], now: datetime) -> int:
    """Return for how many periods in a row that were due there is no status, as far back as is looked.

    ``starts`` are the beginnings of those that there are. A period that nobody was asked for is passed over.
    """
    count = 0
    while period.starts_on not in starts and period.starts_on > looked_at_since(now):
        deadline = due.of(project_id, period)
        count += deadline is not None and deadline.due_at < now
        period = period.previous
    return count
