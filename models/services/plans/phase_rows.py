"""Reads and writes projects' stays in their phases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, delete, insert, select, update
from sqlalchemy.orm import Session

from models.read_models import PersonRef, PhaseStay
from models.rules.plans.phases import Phase
from models.tables import people, project_phases, projects

_enterers = people.alias("enterers")
_leavers = people.alias("leavers")
_SELECT = (
    select(
        project_phases,
        _enterers.c.slack_user_id.label("enterer_slack_id"),
        _enterers.c.name.label("enterer_name"),
        _leavers.c.slack_user_id.label("leaver_slack_id"),
        _leavers.c.name.label("leaver_name"),
    )
    .join(_enterers, _enterers.c.id == project_phases.c.entered_by_id)
    .outerjoin(_leavers, _leavers.c.id == project_phases.c.left_by_id)
    .order_by(project_phases.c.entered_at.desc(), project_phases.c.entered_on.desc())
)


def present_stay(session: Session, workspace_id: UUID, project_id: UUID) -> PhaseStay | None:
    """Return the phase that the project is in."""
    row = session.execute(
        _SELECT.where(_of(workspace_id, project_id), project_phases.c.left_on.is_(None))
    ).one_or_none()
    return _stay_of(row) if row else None


def stays_of(session: Session, workspace_id: UUID, project_id: UUID) -> tuple[PhaseStay, ...]:
    """Return all phases that the project was in, the latest first."""
    return tuple(map(_stay_of, session.execute(_SELECT.where(_of(workspace_id, project_id)))))


def enter(session: Session, workspace_id: UUID, project_id: UUID, stay: PhaseStay, at: datetime) -> None:
    """Let the project enter a phase."""
    enter_all(session, workspace_id, project_id, (stay,), at)


def enter_all(
    session: Session, workspace_id: UUID, project_id: UUID, stays: Sequence[PhaseStay], at: datetime
) -> None:
    """Let the project have been in these phases, one after the other; it is in the last of them."""
    if not stays:
        return
    identity = {"workspace_id": workspace_id, "project_id": project_id, "entered_at": at}
    session.execute(insert(project_phases), [identity | _values(stay) for stay in stays])
    _stand(session, project_id, stays[-1].phase)


def leave(session: Session, left: PhaseStay, entered: PhaseStay) -> None:
    """Let the project leave a phase on the day, and by the person, that it enters the next."""
    _write(session, left.id, {"left_on": entered.entered_on, "left_by_id": entered.entered_by.id})


def take_back(session: Session, project_id: UUID, stay: PhaseStay, before: PhaseStay | None) -> None:
    """Let the project be where it was before the stay."""
    session.execute(delete(project_phases).where(project_phases.c.id == stay.id))
    if before is not None:
        _write(session, before.id, {"left_on": None, "left_by_id": None})
    _stand(session, project_id, before.phase if before else None)


def _values(stay: PhaseStay) -> dict[str, Any]:
    return {
        "id": stay.id,
        "phase": stay.phase,
        "entered_on": stay.entered_on,
        "entered_by_id": stay.entered_by.id,
        "reason": stay.reason,
        "left_on": stay.left_on,
        "left_by_id": stay.left_by.id if stay.left_by else None,
    }


def _of(workspace_id: UUID, project_id: UUID) -> ColumnElement[bool]:
    return and_(project_phases.c.workspace_id == workspace_id, project_phases.c.project_id == project_id)


def _write(session: Session, stay_id: UUID, values: dict[str, Any]) -> None:
    session.execute(update(project_phases).where(project_phases.c.id == stay_id).values(**values))


def _stand(session: Session, project_id: UUID, phase: Phase | None) -> None:
    """Write the phase beside the project too: lists show it, and ask nobody else."""
    session.execute(update(projects).where(projects.c.id == project_id).values(phase=phase))


def _stay_of(row: Row[Any]) -> PhaseStay:
    leaver = PersonRef(row.left_by_id, row.leaver_slack_id, row.leaver_name) if row.left_by_id else None
    return PhaseStay(
        id=row.id,
        phase=row.phase,
        entered_on=row.entered_on,
        entered_by=PersonRef(row.entered_by_id, row.enterer_slack_id, row.enterer_name),
        reason=row.reason,
        left_on=row.left_on,
        left_by=leaver,
    )
