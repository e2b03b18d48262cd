"""What is left of a risk was judged on what was done about it; once nothing is, it is as it was at first."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import ActionView, Actor, Origin, RiskView
from models.rules.actions import ActionSource, ActionStatus
from models.services.projects.rows import required_project
from models.services.risks.changing import Change, carry_out
from models.services.risks.found import Found, required_risk
from models.services.risks.screens import is_something_done
from models.services.standing import standing
from models.tables import action_items, risks
from models.value import replace


def hold_risk_of(session: Session, workspace_id: UUID, action_id: UUID) -> None:
    """Lock the risk that the action answers, if any: it comes before its actions wherever both change."""
    source = select(action_items.c.source_id).where(
        action_items.c.workspace_id == workspace_id,
        action_items.c.id == action_id,
        action_items.c.source_kind == ActionSource.RISK,
    )
    session.execute(select(risks.c.id).where(risks.c.id.in_(source)).with_for_update())


def judge_anew(
    session: Session, actor: Actor, before: ActionView, after: ActionView, *, origin: Origin, now: datetime
) -> None:
    """Let the first score of a risk count again where the last thing done about it was taken back."""
    is_taken_back = before.status is ActionStatus.DONE and after.status is not ActionStatus.DONE
    if before.source.kind is not ActionSource.RISK or not is_taken_back:
        return
    risk = required_risk(session, actor.workspace_id, before.source.id)
    project = required_project(session, actor.workspace_id, risk.project_id)
    found = Found(session, risk, project, standing(actor, project, risk))
    if risk.residual_probability is not None and not is_something_done(found.actions()):
        carry_out(found, actor, Change("unjudged", _as_at_first), origin=origin, now=now)


def _as_at_first(found: Found) -> RiskView:
    return replace(found.risk, residual_probability=None, residual_impact=None)
