"""Looks behind a status: what the register and the moods say of the project, and who may know of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.read_models import Finding
from models.rules.actions import ActionSource, ActionStatus
from models.rules.burndown import CARRIED
from models.rules.mood import LOW, UNKNOWN_AFTER
from models.rules.rag_inside import Facts, Look, found
from models.rules.references import Reference
from models.rules.risk_words import RiskKind, Visibility
from models.rules.scoring import GRAVE_FROM, SeverityBand
from models.services.moods.alert_rows import alerts
from models.services.moods.rows import is_kept as is_kept_mood
from models.services.moods.rows import readings
from models.services.projects.rows import projects
from models.services.risks.rows import BAND_RANK, is_kept, risks
from models.tables import ActionItem
from models.tables.base import table_of

_actions = table_of(ActionItem)


def look_inside(session: Session, project_id: UUID, today: date) -> tuple[Finding, ...]:
    """Return what is found behind a green status; of what no records are kept, nothing is found.

    A finding that rests on restricted records alone is restricted itself; one that others could make, too,
    names only what they may see.
    """
    critical = _critical(session, project_id)
    late = _late_responses(session, project_id, today)
    low = _low_moods(session, project_id, today)
    has_alert = _has_alert(session, project_id)
    for_leads = Facts(
        critical_threats=len(critical),
        lowest_mood=min((row.value for row in low), default=None),
        has_mood_alert=has_alert,
        late_responses=len(late),
    )
    open_to_all = [
        [row for row in rows if row.visibility is Visibility.TEAM] for rows in (critical, low, late)
    ]
    for_all = Facts(
        critical_threats=len(open_to_all[0]),
        lowest_mood=min((row.value for row in open_to_all[1]), default=None),
        late_responses=len(open_to_all[2]),
    )
    shared = found(for_all)
    return tuple(
        _finding(look, for_all, *open_to_all[::2], is_restricted=False)
        if look in shared
        else _finding(look, for_leads, critical, late, is_restricted=True)
        for look in found(for_leads)
    )


def _finding(
    look: Look, facts: Facts, critical: Sequence[Any], late: Sequence[Any], *, is_restricted: bool
) -> Finding:
    figures = {
        Look.CRITICAL_RISK: facts.critical_threats,
        Look.CLIENT_MOOD: facts.lowest_mood,
        Look.LATE_RESPONSES: facts.late_responses,
    }
    named = {Look.CRITICAL_RISK: critical, Look.LATE_RESPONSES: late}
    names = tuple(dict.fromkeys(map(_reference, named.get(look, ()))))
    return Finding(look, figures[look] or 0, names, is_restricted)


def _reference(row: Any) -> str:  # noqa: ANN401 - a row of either statement.
    return str(Reference(row.number, row.key))


def _grave(project_id: UUID, rank: int) -> tuple[ColumnElement[bool], ...]:
    return (
        risks.c.project_id == project_id,
        risks.c.kind == RiskKind.THREAT,
        risks.c.status.in_(sorted(CARRIED)),
        rank <= BAND_RANK,
        is_kept(),
    )


def _critical(session: Session, project_id: UUID) -> Sequence[Any]:
    wanted = (
        select(risks.c.number, risks.c.visibility, projects.c.key)
        .join(projects, projects.c.id == risks.c.project_id)
        .where(*_grave(project_id, SeverityBand.CRITICAL.rank))
        .order_by(risks.c.number)
    )
    return session.connection().execute(wanted).all()


def _late_responses(session: Session, project_id: UUID, today: date) -> Sequence[Any]:
    wanted = (
        select(risks.c.number, _actions.c.visibility, projects.c.key)
        .join(projects, projects.c.id == risks.c.project_id)
        .join(_actions, _actions.c.source_id == risks.c.id)
        .where(
            *_grave(project_id, GRAVE_FROM.rank),
            _actions.c.source_kind == ActionSource.RISK,
            _actions.c.status == ActionStatus.OPEN,
            _actions.c.due_on < today,
        )
        .order_by(risks.c.number)
    )
    return session.connection().execute(wanted).all()


def _low_moods(session: Session, project_id: UUID, today: date) -> Sequence[Any]:
    wanted = select(readings.c.value, readings.c.visibility).where(
        readings.c.project_id == project_id,
        readings.c.value <= LOW,
        readings.c.observed_on >= today - UNKNOWN_AFTER,
        readings.c.observed_on <= today,
        is_kept_mood(),
    )
    return session.connection().execute(wanted).all()


def _has_alert(session: Session, project_id: UUID) -> bool:
    wanted = select(func.count()).where(alerts.c.project_id == project_id, alerts.c.ended_at.is_(None))
    return bool(session.scalar(wanted))
