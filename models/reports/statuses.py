"""How projects stood week by week: one project's sides, or all projects, red first."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import Actor, GridCell, GridRow, ProjectView, StatusGrid
from models.rules.access import Capability, may
from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.periods import CADENCES, Cadence, Period, Timeliness
from models.rules.statuses.rag import DIMENSION_WORDS, Colour
from models.services.projects.rows import required_project
from models.services.standing import require, standing
from models.services.statuses.deadlines import Deadlines, deadlines
from models.services.statuses.owed import missed, present_of
from models.services.statuses.rows import dimension_colours
from models.services.statuses.unexplained import is_unexplained
from models.services.zones import today_of
from models.tables import projects, status_updates, status_versions

PERIODS_SHOWN = 8
PROJECTS_SHOWN = 20

_STANDS = and_(
    status_versions.c.status_id == status_updates.c.id, status_versions.c.number == status_updates.c.version
)


class StatusReports:
    """Looks at many statuses at once and changes nothing. ``project_id`` None means all projects."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def grid(self, actor: Actor, project_id: UUID | None, *, now: datetime) -> StatusGrid:
        """Return how a project's sides, or all projects, stood. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_STATUS)
        with self._database.read() as session:
            if project_id is None:
                return _all(session, actor, now)
            return _one(session, actor, required_project(session, actor.workspace_id, project_id), now)


def _one(session: Session, actor: Actor, project: ProjectView, now: datetime) -> StatusGrid:
    periods = _periods(today_of(project, now), CADENCES[project.kind])
    rows = _declared(session, actor, [project.id], periods)
    by_start = {row.starts_on: row for row in rows}
    may_see_inside = may(standing(actor, project), Capability.SEE_INSIDE_STATUS)
    stood = [by_start.get(each.starts_on) for each in periods]
    sides = dimension_colours(session, [row.version_id for row in rows])
    lines = [
        GridRow(
            "Overall",
            _cells(stood, may_see_inside=may_see_inside),
            tuple(row.headline if row else "" for row in stood),
        )
    ]
    for dimension, name in DIMENSION_WORDS[project.kind].items():
        found = [sides.get((row.version_id, dimension)) if row else None for row in stood]
        lines.append(GridRow(name, tuple(GridCell(colour) if colour else None for colour in found)))
    return StatusGrid(project, periods, tuple(lines), total=1)


def _all(session: Session, actor: Actor, now: datetime) -> StatusGrid:
    """Return the projects that need somebody first: red, amber, those of whom nobody says it, then green."""
    today = now.astimezone(ZoneInfo(actor.timezone)).date()
    periods = _periods(today, Cadence.WEEKLY)
    chosen = _gravest(session, actor, today)
    total = session.scalar(
        select(func.count()).where(
            projects.c.workspace_id == actor.workspace_id, projects.c.archived_at.is_(None)
        )
    )
    months = _periods(today, Cadence.MONTHLY)
    rows = _declared(session, actor, [each.id for each in chosen], (*months, *periods))
    found = {(row.project_id, Period(row.starts_on, row.cadence)): row for row in rows}
    may_see_inside = may(standing(actor), Capability.SEE_INSIDE_STATUS)
    due = deadlines(session, actor.workspace_id, now, [each.id for each in chosen])
    lines = []
    for project in chosen:
        asked = [_asked(each, project.kind) for each in periods]
        stood = [found.get((project.id, each)) for each in asked]
        headlines = tuple(row.headline if row else "" for row in stood)
        state = _state(project, found, due, now)
        lines.append(GridRow(project.key, _cells(stood, may_see_inside=may_see_inside), headlines, state))
    return StatusGrid(None, periods, tuple(lines), total=total or 0)


def _state(
    project: Any,  # noqa: ANN401 - a row.
    found: Mapping[tuple[UUID, Period], Any],
    due: Deadlines,
    now: datetime,
) -> Timeliness:
    """Return how the project's latest period that was due stands; the second in a row is missing at once."""
    latest = due.latest(project.id, present_of(project, now), now)
    if latest is None:
        return Timeliness.NOT_ASKED
    period, deadline = latest
    row = found.get((project.id, period))
    if row is not None:
        return deadline.state(row.submitted_at, now)
    said = {each.starts_on for key, each in found if key == project.id and each.cadence is period.cadence}
    in_a_row = missed(due, project.id, period, said, now)
    return Timeliness.MISSING if in_a_row > 1 else deadline.state(None, now)


def _asked(week: Period, kind: ProjectKind) -> Period:
    """Return the period that a project of that kind reports in that week."""
    cadence = CADENCES[kind]
    return week if cadence is Cadence.WEEKLY else Period.containing(week.due_on, cadence)


def _cells(stood: Sequence[Any], *, may_see_inside: bool) -> tuple[GridCell | None, ...]:
    """Return the cells of rows of a statement below, None where there is none."""
    return tuple(
        GridCell(row.declared, row.is_late, is_unexplained(row, with_restricted=may_see_inside))
        if row
        else None
        for row in stood
    )


def _periods(today: date, cadence: Cadence) -> tuple[Period, ...]:
    found = [Period.containing(today, cadence)]
    while len(found) < PERIODS_SHOWN:
        found.append(found[-1].previous)
    return tuple(reversed(found))


def _declared(
    session: Session, actor: Actor, project_ids: Collection[UUID], periods: Sequence[Period]
) -> Sequence[Any]:
    return (
        session.connection()
        .execute(
            select(
                status_updates.c.project_id,
                status_updates.c.cadence,
                status_updates.c.starts_on,
                status_updates.c.is_late,
                status_updates.c.submitted_at,
                status_versions.c.id.label("version_id"),
                status_versions.c.declared,
                status_versions.c.headline,
                status_versions.c.inside,
                status_versions.c.findings,
                status_versions.c.justification,
            )
            .join(status_versions, _STANDS)
            .join(projects, projects.c.id == status_updates.c.project_id)
            .where(
                projects.c.workspace_id == actor.workspace_id,
                status_updates.c.project_id.in_(project_ids),
                status_updates.c.starts_on >= min(each.starts_on for each in periods),
            )
        )
        .all()
    )


def _gravest(session: Session, actor: Actor, today: date) -> Sequence[Any]:
    newest = _newest(actor, today)
    # A project whose kind changed reported in other periods before.
    is_own = or_(
        *(and_(projects.c.kind == kind, newest.c.cadence == cadence) for kind, cadence in CADENCES.items())
    )
    is_old = or_(
        *(
            and_(newest.c.cadence == cadence, newest.c.starts_on < _last_but_one(today, cadence))
            for cadence in Cadence
        )
    )
    rank = case(
        (status_versions.c.declared == Colour.RED, 0),
        (status_versions.c.declared == Colour.AMBER, 1),
        (or_(status_versions.c.declared.is_(None), is_old), 2),
        else_=3,
    )
    return (
        session.connection()
        .execute(
            select(projects.c.id, projects.c.key, projects.c.kind, projects.c.timezone)
            .outerjoin(newest, and_(newest.c.project_id == projects.c.id, is_own))
            .outerjoin(
                status_updates,
                and_(
                    status_updates.c.project_id == projects.c.id,
                    status_updates.c.starts_on == newest.c.starts_on,
                    status_updates.c.cadence == newest.c.cadence,
                ),
            )
            .outerjoin(status_versions, _STANDS)
            .where(projects.c.workspace_id == actor.workspace_id, projects.c.archived_at.is_(None))
            .order_by(rank, projects.c.key)
            .limit(PROJECTS_SHOWN)
        )
        .all()
    )


def _last_but_one(today: date, cadence: Cadence) -> date:
    """Return when the period before the present one began."""
    return Period.containing(today, cadence).previous.starts_on


def _newest(actor: Actor, today: date) -> Subquery:
    """Return each project's newest status of the periods that are shown."""
    shown = [
        and_(
            status_updates.c.cadence == cadence,
            status_updates.c.starts_on >= _periods(today, cadence)[0].starts_on,
        )
        for cadence in Cadence
    ]
    return (
        select(
            status_updates.c.project_id,
            status_updates.c.cadence,
            func.max(status_updates.c.starts_on).label("starts_on"),
        )
        .where(status_updates.c.workspace_id == actor.workspace_id, or_(*shown))
        .group_by(status_updates.c.project_id, status_updates.c.cadence)
        .subquery()
    )
