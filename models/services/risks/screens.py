"""Reads what one risk's screen shows; the number of queries does not grow with its history."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, false
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import (
    ActionView,
    Actor,
    HistoryEntry,
    ProjectView,
    RiskDetails,
    RiskPermissions,
    RiskView,
)
from models.rules.access import Capability, Standing, may
from models.rules.actions import ActionSource, ActionStatus
from models.rules.references import Marker, Reference
from models.rules.risks.moves import CAPABILITIES, ENDING, RiskMove, moves_from
from models.rules.risks.scoring import GRAVE_FROM
from models.rules.risks.states import LIVE, is_treatable
from models.rules.risks.words import Visibility
from models.services import audit
from models.services.actions.permissions import changeable
from models.services.actions.rows import actions_of
from models.services.projects.rows import required_project
from models.services.raid import links
from models.services.risks.rows import RISK, find_risk
from models.services.standing import leads, require, standing
from models.tables import projects, risks
from models.value import replace

_OVER = (
    "{0} is archived, so its risks can be closed, and nothing else. To work on them again, reopen it first: "
    "`/project reopen {0}`."
)


def require_sight(held: Standing, risk: RiskView) -> None:
    """Raise NotAllowed for who may see no risks, NotFound for who may not know of this one."""
    require(held, Capability.SEE_RISK)
    is_hidden = risk.visibility is Visibility.RESTRICTED and not may(held, Capability.SEE_RESTRICTED_RISK)
    if is_hidden:
        raise NotFound(RISK, str(risk.reference))


def details(
    session: Session, actor: Actor, reference: Reference | UUID, in_project: UUID | None
) -> RiskDetails:
    """Return a risk with its history and what the person may do with it. Raises NotFound, NotAllowed."""
    risk = find_risk(session, actor.workspace_id, _named(reference, in_project))
    if risk is None or risk.is_withdrawn:
        require(standing(actor), Capability.SEE_RISK)
        raise NotFound(RISK, str(reference))
    project = required_project(session, actor.workspace_id, risk.project_id)
    promised = actions_of(session, actor.workspace_id, ActionSource.RISK, risk.id)
    held = standing(actor, project, risk, helpers=[action.owner for action in promised])
    require_sight(held, risk)
    history = audit.history(session, actor.workspace_id, risk.id)
    before, after = links.of_risk(session, actor, actor.workspace_id, risk.id)
    permissions = _permissions(actor, held, risk, history, promised)
    permissions = replace(permissions, ask=tuple(person.name for person in leads(project.roles)))
    return RiskDetails(
        risk=risk,
        came_from=before,
        led_to=after,
        history=history,
        permissions=(_at_the_end(project, permissions) if project.is_archived else permissions),
        actions=promised,
    )


def _named(reference: Reference | UUID, in_project: UUID | None) -> ColumnElement[bool]:
    if isinstance(reference, UUID):
        return risks.c.id == reference
    if reference.marker is not Marker.RISK:
        return false()
    where = projects.c.id == in_project if reference.key is None else projects.c.key == reference.key
    return and_(where, risks.c.number == reference.number)


def _permissions(
    actor: Actor,
    held: Standing,
    risk: RiskView,
    history: tuple[HistoryEntry, ...],
    promised: tuple[ActionView, ...],
) -> RiskPermissions:
    only_raiser = all(entry.person is None or entry.person.id == risk.raised_by.id for entry in history)
    return RiskPermissions(
        may_edit=may(held, Capability.EDIT_RISK),
        may_score=may(held, Capability.SCORE_RISK) and risk.status in LIVE,
        may_review=may(held, Capability.REVIEW_RISK) and risk.status in LIVE and risk.band is not None,
        moves=tuple(move for move in moves_from(risk.status) if _may_move(held, risk, move)),
        may_undo=may(held, Capability.UNDO_RISK) and only_raiser,
        changeable_actions=changeable(actor, held, promised),
        may_respond=may(held, Capability.RESPOND_TO_RISK) and is_treatable(risk.status),
        may_ask_acceptance=_may_ask_acceptance(held, risk),
        may_answer_acceptance=(
            may(held, Capability.ACCEPT_GRAVE_RISK) and risk.acceptance_asked_by is not None
        ),
        may_reassess=may(held, Capability.SCORE_RISK) and risk.status in LIVE and is_something_done(promised),
    )


def _at_the_end(project: ProjectView, whole: RiskPermissions) -> RiskPermissions:
    """Return what is left of somebody's permissions once the project is archived."""
    return RiskPermissions(
        may_undo=whole.may_undo,
        moves=tuple(move for move in whole.moves if move in ENDING),
        changeable_actions=whole.changeable_actions,
        why_no_more=over(project),
    )


def over(project: ProjectView) -> str:
    """Return what to say of anything but ending a risk of an archived project."""
    return _OVER.format(project.key)


def is_something_done(promised: tuple[ActionView, ...]) -> bool:
    """Tell whether at least one of the actions is done, so that what is left can be judged."""
    return any(action.status is ActionStatus.DONE for action in promised)


def _may_ask_acceptance(held: Standing, risk: RiskView) -> bool:
    return (
        RiskMove.ACCEPT in moves_from(risk.status)
        and may(held, Capability.ACCEPT_RISK)
        and not _may_move(held, risk, RiskMove.ACCEPT)
    )


def _may_move(held: Standing, risk: RiskView, move: RiskMove) -> bool:
    if move is RiskMove.ACCEPT and risk.reaches(GRAVE_FROM):
        return may(held, Capability.ACCEPT_GRAVE_RISK)
    return may(held, CAPABILITIES[move])
