"""A risk that is there already: the team logged it before in the same words."""

from sqlalchemy import ColumnElement, func, literal
from sqlalchemy.orm import Session

from models.read_models import RiskView
from models.rules.risks.states import LIVE
from models.rules.risks.words import Visibility
from models.services.risks.rows import SELECT, is_kept, risk_of
from models.tables import risks


def twin_of(session: Session, risk: RiskView) -> RiskView | None:
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
    found = session.connection().execute(wanted.order_by(risks.c.number).limit(1)).first()
    return risk_of(found) if found else None


def _bare(title: ColumnElement[str]) -> ColumnElement[str]:
    """Return a title as the database compares it: in small letters, without what ends a sentence."""
    return func.lower(func.rtrim(title, " .!?…"))
