"""The risk register from above: the matrix and the burn-down, of what the person asking may see."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, String, and_, func, select, type_coerce
from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import Actor, BurnDown, CellRisks, ProjectView, RiskMatrix, WeekPoints
from models.rules.access import Capability
from models.rules.references import Reference
from models.rules.risks.ageing import AgeBucket, age_bucket
from models.rules.risks.burndown import WEIGHING, Change, Weight, points_at, week_ends
from models.rules.risks.matrix import PLOTTED, Cell
from models.rules.risks.words import RiskKind
from models.services.projects.rows import required_project
from models.services.risks.rows import IMPACT, PROBABILITY, is_kept
from models.services.risks.sight import visible_to
from models.services.standing import require, standing
from models.tables import audit_entries, projects, risks

NAMED_IN_A_CELL = 4
"""References that a cell holds at most; its count tells of the others."""

_FROM = risks.join(projects, projects.c.id == risks.c.project_id)


class RiskReports:
    """Looks at many risks at once and changes nothing. ``project_id`` None means all projects."""

    def __init__(self, database: Database) -> None:
        """Take where the risks are kept."""
        self._database = database

    def matrix(self, actor: Actor, project_id: UUID | None) -> RiskMatrix:
        """Return where risks stand. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            project = _project(session, actor, project_id)
            rows = session.connection().execute(_cells(_seen_by(actor, project_id)))
            cells: dict[RiskKind, dict[Cell, CellRisks]] = defaultdict(dict)
            not_scored = 0
            for row in rows:
                if row.probability is None or row.impact is None:
                    not_scored += row.risks if row.place == 1 else 0
                    continue
                found = cells[row.kind].get((row.probability, row.impact))
                named = (*(found.references if found else ()), Reference(row.number, row.key))
                cells[row.kind][row.probability, row.impact] = CellRisks(row.risks, named)
        return RiskMatrix(project, cells, not_scored)

    def burn_down(self, actor: Actor, project_id: UUID | None, *, now: datetime) -> BurnDown:
        """Return how much risk was carried week by week. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            project = _project(session, actor, project_id)
            zone = ZoneInfo(project.timezone if project else actor.timezone)
            mondays, instants = zip(*week_ends(now, zone), strict=True)
            seen = _seen_by(actor, project_id)
            changes = _changes_since(session, seen, instants[0])
            weighed = session.connection().execute(_weights(seen))
            rows = weighed.all()
            weights = [_weight(row) for row in rows]
            series = [
                points_at(weight, changes.get(row.id, ()), instants)
                for row, weight in zip(rows, weights, strict=True)
            ]
            waiting = [points for weight in weights if (points := weight.points_once_agreed)]
        weeks = (
            zip(mondays, zip(*series, strict=True), strict=True)
            if series
            else ((each, ()) for each in mondays)
        )
        return BurnDown(
            project,
            tuple(
                WeekPoints(monday, sum(found), sum(points > 0 for points in found)) for monday, found in weeks
            ),
            _ages((row.raised_at for row, points in zip(rows, series, strict=True) if points[-1] > 0), now),
            waiting=len(waiting),
            waiting_points=sum(waiting),
        )


def _project(session: Session, actor: Actor, project_id: UUID | None) -> ProjectView | None:
    require(standing(actor), Capability.SEE_RISK)
    return required_project(session, actor.workspace_id, project_id) if project_id else None


def _seen_by(actor: Actor, project_id: UUID | None) -> ColumnElement[bool]:
    conditions = [risks.c.workspace_id == actor.workspace_id, is_kept(), visible_to(actor)]
    if project_id is not None:
        conditions.append(risks.c.project_id == project_id)
    return and_(*conditions)


def _cells(seen: ColumnElement[bool]) -> Any:  # noqa: ANN401 - SQLAlchemy's type would name every column.
    """Return the statement: the newest few of each cell, each with the count of its cell."""
    cell = (risks.c.kind, PROBABILITY, IMPACT)
    newest = (risks.c.raised_at.desc(), risks.c.number.desc(), risks.c.id)
    placed = (
        select(
            risks.c.kind,
            PROBABILITY.label("probability"),
            IMPACT.label("impact"),
            risks.c.number,
            projects.c.key,
            func.count().over(partition_by=cell).label("risks"),
            func.row_number().over(partition_by=cell, order_by=newest).label("place"),
        )
        .select_from(_FROM)
        .where(seen, risks.c.status.in_(sorted(PLOTTED)))
        .subquery()
    )
    return select(placed).where(placed.c.place <= NAMED_IN_A_CELL).order_by(placed.c.place)


def _weights(seen: ColumnElement[bool]) -> Any:  # noqa: ANN401 - As above.
    return (
        select(_raw(risks.c.id), risks.c.raised_at, *(risks.c[name] for name in WEIGHING))
        .select_from(_FROM)
        .where(seen)
    )


def _ages(raised: Iterable[datetime], now: datetime) -> Mapping[AgeBucket, int]:
    """Return how many have been on the register for how long, youngest first."""
    found = Counter(age_bucket((now - at).days) for at in raised)
    return {bucket: found[bucket] for bucket in AgeBucket if found[bucket]}


def _weight(row: Row[Any]) -> Weight:
    return Weight(*(getattr(row, name) for name in WEIGHING))


def _changes_since(session: Session, seen: ColumnElement[bool], since: datetime) -> dict[str, list[Change]]:
    """Return what changed in these risks, newest first; what is older changes nothing of what is shown."""
    rows = session.connection().execute(
        select(_raw(audit_entries.c.entity_id), audit_entries.c.at, audit_entries.c.changes)
        .select_from(_FROM.join(audit_entries, audit_entries.c.entity_id == risks.c.id))
        .where(seen, audit_entries.c.at > since)
        .order_by(audit_entries.c.id.desc())
    )
    found: dict[str, list[Change]] = defaultdict(list)
    for row in rows:
        found[row.entity_id].append(Change(row.at, {each["field"]: each["before"] for each in row.changes}))
    return found


def _raw(column: ColumnElement[UUID]) -> ColumnElement[str]:
    """Return ids as the database has them: here they only tell rows apart."""
    return type_coerce(column, String)
