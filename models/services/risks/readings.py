"""Risks as messages about them need them: read when a message is drawn, whoever will read it."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal

from models.database import Database
from models.read_models import FieldChange, HistoryEntry, RiskView, RoleHolder
from models.rules.risks.states import LIVE, RiskStatus
from models.rules.risks.words import Visibility
from models.services.audit import collapsed, history
from models.services.projects.rows import project_by
from models.services.risks.rows import SELECT, find_risk, is_kept, risk_of
from models.tables import risks
from models.value import Value, replace


class RiskChange(Value):
    """One change of a risk. Of ``before`` and ``after``, state and levels are as they were then."""

    before: RiskView
    after: RiskView
    entry: HistoryEntry


class RiskReadings:
    """Read-only and without a person: who may see a message is checked where it is sent to."""

    def __init__(self, database: Database) -> None:
        """Take where the risks are kept."""
        self._database = database

    def for_notice(self, workspace_id: UUID, risk_id: UUID) -> RiskView | None:
        """Return the risk as it stands, also one that was taken back."""
        with self._database.read() as session:
            return find_risk(session, workspace_id, risks.c.id == risk_id)

    def alike(self, risk: RiskView) -> RiskView | None:
        """Return the first that the project's team logged before it in the same words, and still has."""
        wanted = SELECT.where(
            risks.c.workspace_id == risk.workspace_id,
            risks.c.project_id == risk.project_id,
            risks.c.number < risk.number,
            risks.c.kind == risk.kind,
            risks.c.status.in_(LIVE),
            risks.c.visibility == Visibility.TEAM,
            _bare(risks.c.title) == _bare(literal(risk.title)),
            is_kept(),
        )
        with self._database.look() as session:
            found = session.connection().execute(wanted.order_by(risks.c.number).limit(1)).first()
        return risk_of(found) if found else None

    def of(self, workspace_id: UUID, risk_ids: Collection[UUID]) -> Mapping[UUID, RiskView]:
        """Return these risks as they stand, by id, without those of archived projects."""
        wanted = SELECT.where(risks.c.workspace_id == workspace_id, risks.c.id.in_(risk_ids), is_kept())
        with self._database.look() as session:
            found = map(risk_of, session.connection().execute(wanted))
            return {risk.id: risk for risk in found}

    def change(self, workspace_id: UUID, risk_id: UUID, version: int) -> RiskChange | None:
        """Return the change that made this version of the risk."""
        with self._database.read() as session:
            risk = find_risk(session, workspace_id, risks.c.id == risk_id)
            entries = history(session, workspace_id, risk_id, after_version=version - 1)
        if risk is None or not entries or entries[-1].version != version:
            return None
        return RiskChange(
            before=_undone(risk, collapsed(entries)),
            after=_undone(risk, collapsed(entries[:-1])),
            entry=entries[-1],
        )

    def latest(self, workspace_id: UUID, risk_id: UUID, action: str) -> HistoryEntry | None:
        """Return when somebody last did that to the risk, and why."""
        with self._database.read() as session:
            entries = history(session, workspace_id, risk_id)
        return next((entry for entry in entries if entry.action == action), None)

    def roles(self, workspace_id: UUID, project_id: UUID) -> tuple[RoleHolder, ...]:
        """Return who does what on the project."""
        with self._database.read() as session:
            project = project_by(session, workspace_id, "id", project_id)
        return project.roles if project else ()


def _bare(title: ColumnElement[str]) -> ColumnElement[str]:
    """Return a title as the database compares it: in small letters, without what ends a sentence."""
    return func.lower(func.rtrim(title, " .!?…"))


def _undone(risk: RiskView, changes: Sequence[FieldChange]) -> RiskView:
    """Return the risk with the state and the levels that it had before these changes."""
    before = {change.field: change.before for change in changes}
    status = before.get("status")
    return replace(
        risk,
        status=RiskStatus(status) if status else risk.status,
        probability=_level(before, "probability", risk.probability),
        impact=_level(before, "impact", risk.impact),
        residual_probability=_level(before, "residual_probability", risk.residual_probability),
        residual_impact=_level(before, "residual_impact", risk.residual_impact),
    )


def _level(before: dict[str, str | None], field: str, present: int | None) -> int | None:
    if field not in before:
        return present
    value = before[field]
    return int(value) if value else None
