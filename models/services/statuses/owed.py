"""Which projects wait for a status, and whose turn it is."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select
from sqlalchemy.orm import Session

from models.read_models import Actor, MissingPage, OwedStatus
from models.rules.access import POLICY, Capability, ProjectRole
from models.rules.rag_periods import CADENCES, Period, latest_due, timeliness
from models.services.projects.rows import memberships, projects
from models.services.statuses.rows import is_of, statuses, submitted_since
from models.services.statuses.unexplained import is_unexplained

LOOKS_BACK = timedelta(weeks=13)
SUBMITTING = [role for role in POLICY[Capability.SUBMIT_STATUS] if isinstance(role, ProjectRole)]
"""The project roles that submit."""
MOST = 100
"""Projects of one person."""
SHOWN = 20
"""Lines of the list of what is missing."""


def owed_by(session: Session, actor: Actor, now: datetime) -> tuple[OwedStatus, ...]:
    """Return the projects in whose name the person submits, and how the present period of each stands."""
    rows = _projects(session, actor, projects.c.id.in_(_theirs(actor)), MOST)
    submitted = submitted_since(session, actor.workspace_id, [row.id for row in rows], _since(now))
    return tuple(_owed(row, _present(row, now), submitted, now, may_submit=True) for row in rows)


def missing(session: Session, actor: Actor, now: datetime, *, only_mine: bool) -> MissingPage:
    """Return the projects whose latest period has no status though it was due.

    The number of queries does not grow with the number of projects: which period is the latest due depends on
    a project's zone and kind alone, and of those there are few.
    """
    kinds = session.connection().execute(
        select(projects.c.timezone, projects.c.kind)
        .where(projects.c.workspace_id == actor.workspace_id, projects.c.archived_at.is_(None))
        .distinct()
    )
    lacking = or_(false(), *(_lacks(row, now) for row in kinds))
    if only_mine:
        lacking = and_(lacking, projects.c.id.in_(_theirs(actor)))
    total = session.scalar(
        select(func.count()).where(
            projects.c.workspace_id == actor.workspace_id, projects.c.archived_at.is_(None), lacking
        )
    )
    rows = _projects(session, actor, lacking, SHOWN)
    submitted = submitted_since(session, actor.workspace_id, [row.id for row in rows], _since(now))
    may_all = not actor.organisation_roles.isdisjoint(POLICY[Capability.SUBMIT_STATUS])
    lines = tuple(
        _owed(row, _latest(row, now), submitted, now, may_submit=may_all or row.is_theirs) for row in rows
    )
    return MissingPage(lines, total or 0)


def _theirs(actor: Actor) -> Select[tuple[UUID]]:
    return select(memberships.c.project_id).where(
        memberships.c.person_id == actor.person.id, memberships.c.role.in_(SUBMITTING)
    )


def _since(now: datetime) -> date:
    return (now - LOOKS_BACK).date()


def _lacks(row: Any, now: datetime) -> ColumnElement[bool]:  # noqa: ANN401 - a zone and a kind.
    zone = ZoneInfo(row.timezone)
    period = latest_due(now, zone, CADENCES[row.kind])
    is_in = exists().where(statuses.c.project_id == projects.c.id, is_of(period))
    return and_(
        projects.c.timezone == row.timezone,
        projects.c.kind == row.kind,
        projects.c.created_at < period.due_at(zone),
        not_(is_in),
    )


def _projects(session: Session, actor: Actor, condition: ColumnElement[bool], limit: int) -> Sequence[Any]:
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
                projects.c.created_at,
                is_theirs,
            )
            .where(projects.c.workspace_id == actor.workspace_id, projects.c.archived_at.is_(None), condition)
            .order_by(is_theirs.desc(), projects.c.key)
            .limit(limit)
        )
        .all()
    )


def _present(row: Any, now: datetime) -> Period:  # noqa: ANN401 - a project's row.
    return Period.containing(now.astimezone(ZoneInfo(row.timezone)).date(), CADENCES[row.kind])


def _latest(row: Any, now: datetime) -> Period:  # noqa: ANN401 - As above.
    return latest_due(now, ZoneInfo(row.timezone), CADENCES[row.kind])


def _owed(
    row: Any,  # noqa: ANN401 - As above.
    period: Period,
    submitted: Sequence[Any],
    now: datetime,
    *,
    may_submit: bool,
) -> OwedStatus:
    zone = ZoneInfo(row.timezone)
    theirs = {
        each.starts_on: each
        for each in submitted
        if (each.project_id, each.cadence) == (row.id, period.cadence) and each.starts_on <= period.starts_on
    }
    present = theirs.get(period.starts_on)
    newest = theirs[max(theirs)] if theirs else None
    lacks_words = newest is not None and may_submit and is_unexplained(newest, with_restricted=True)
    state = timeliness(period, zone, submitted_at=present.submitted_at if present else None, now=now)
    return OwedStatus(
        project_id=row.id,
        project_key=row.key,
        project_name=row.name,
        timezone=row.timezone,
        period=period,
        state=state,
        last=newest.declared if newest else None,
        may_submit=may_submit,
        missed=_missed(period, theirs, row.created_at, now) if present is None else 0,
        unexplained_id=newest.id if newest and lacks_words else None,
    )


def _missed(period: Period, theirs: Mapping[date, Any], created_at: datetime, now: datetime) -> int:
    """Return for how many periods in a row there is no status, as far back as is looked."""
    missed = 0
    while period.starts_on not in theirs and period.starts_on > max(_since(now), created_at.date()):
        missed += 1
        period = period.previous
    return missed
