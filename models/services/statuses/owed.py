"""Which projects wait for a status, and whose turn it is."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from models.read_models import Actor, OwedStatus
from models.rules.access import POLICY, Capability, ProjectRole
from models.rules.statuses.periods import CADENCES, MANY, Period
from models.services.projects.stand_ins import turns_of
from models.services.statuses.came_in import submitted_since
from models.services.statuses.deadlines import Deadlines, deadlines
from models.services.statuses.unexplained import is_unexplained
from models.tables import memberships, projects, status_updates
from models.value import replace

LOOKS_BACK = timedelta(weeks=53)
"""As far as a last colour, and what is missing since, are looked for: long silence is not said softly."""
SUBMITTING = [role for role in POLICY[Capability.SUBMIT_STATUS] if isinstance(role, ProjectRole)]
"""The project roles that submit."""
MOST = 100
"""Projects of one person."""


def owed_by(session: Session, actor: Actor, now: datetime) -> tuple[OwedStatus, ...]:
    """Return how the projects stand in whose name the person submits: what waits longest comes first."""
    rows = submitted_by(session, actor, now)
    submitted = submitted_since(session, actor.workspace_id, [row.id for row in rows], looked_at_since(now))
    return owed_of(
        rows, submitted, deadlines(session, actor.workspace_id, now, [row.id for row in rows]), now
    )


def submitted_by(session: Session, actor: Actor, now: datetime) -> Sequence[Any]:
    """Return the rows of the projects that go on and in whose name the person submits."""
    return (
        session.connection()
        .execute(
            select(
                projects.c.id,
                projects.c.key,
                projects.c.name,
                projects.c.timezone,
                projects.c.kind,
                *asked_by(actor, now),
            )
            .where(
                projects.c.workspace_id == actor.workspace_id,
                projects.c.archived_at.is_(None),
                projects.c.id.in_(theirs(actor)),
            )
            .order_by(projects.c.key)
            .limit(MOST)
        )
        .all()
    )


def owed_of(
    rows: Sequence[Any], submitted: Sequence[Any], due: Deadlines, now: datetime
) -> tuple[OwedStatus, ...]:
    """Return how the present period of each of the person's projects stands, by what was submitted.

    Before these comes what is overdue of a period that is over. Of what was submitted, only what came since
    ``looked_at_since`` counts.
    """
    lately = [each for each in submitted if each.starts_on >= looked_at_since(now)]
    found = [owed_in(row, present_of(row, now), lately, due, now, may_submit=True) for row in rows]
    found += [
        # That a green is not explained yet, the present period says already.
        replace(owed_in(row, period, lately, due, now, may_submit=True), unexplained_id=None)
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


def theirs(actor: Actor) -> Select[tuple[UUID]]:
    """Return the projects in whose name the person submits, or may stand in for who does."""
    return select(memberships.c.project_id).where(
        memberships.c.person_id == actor.person.id, memberships.c.role.in_(SUBMITTING)
    )


def asked_by(
    actor: Actor, now: datetime
) -> tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[date]]:
    """Return of a project whether it is the person's, whether they are asked today, and when it said last."""
    today = now.astimezone(ZoneInfo(actor.timezone)).date()
    last_on = select(func.max(status_updates.c.starts_on)).where(status_updates.c.project_id == projects.c.id)
    return (
        projects.c.id.in_(theirs(actor)).label("is_theirs"),
        projects.c.id.in_(turns_of(actor, SUBMITTING, today)).label("is_asked"),
        last_on.scalar_subquery().label("last_on"),
    )


def present_of(row: Any, now: datetime) -> Period:  # noqa: ANN401 - what has a project's timezone and kind.
    """Return the period in which it is now where the project is."""
    return Period.containing(now.astimezone(ZoneInfo(row.timezone)).date(), CADENCES[row.kind])


def owed_in(
    row: Any,  # noqa: ANN401 - As above.
    period: Period,
    submitted: Sequence[Any],
    due: Deadlines,
    now: datetime,
    *,
    may_submit: bool,
) -> OwedStatus:
    """Return how one period of a project stands, by what was submitted."""
    starts = {
        each.starts_on: each
        for each in submitted
        if (each.project_id, each.cadence) == (row.id, period.cadence) and each.starts_on <= period.starts_on
    }
    present = starts.get(period.starts_on)
    newest = starts[max(starts)] if starts else None
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
        due_on=deadline.due_on if deadline else None,
        may_submit=may_submit,
        is_asked=row.is_asked,
        missed=missed(due, row.id, period, starts, now) if present is None else 0,
        unexplained_id=newest.id if newest and lacks_words else None,
    )


def silent_since(asked_since: date, last_on: date | None) -> date:
    """Return since when nobody has said how a project stands: its last status, or when it was asked first."""
    return max(last_on, asked_since) if last_on else asked_since


def missed(due: Deadlines, project_id: UUID, period: Period, starts: Collection[date], now: datetime) -> int:
    """Return for how many periods in a row that were due there is no status; it stops counting past ``MANY``.

    ``starts`` are the beginnings of those that there are. A period that nobody was asked for is passed over.
    """
    count, since = 0, max(looked_at_since(now), due.asked_since(project_id))
    while period.starts_on not in starts and period.ends_on >= since and count <= MANY:
        deadline = due.of(project_id, period)
        count += deadline is not None and deadline.due_at < now
        period = period.previous
    return count
