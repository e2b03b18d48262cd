"""Finds a risk that somebody wants to change, with all that decides whether they may."""

from typing import NoReturn
from uuid import UUID

from sqlalchemy.orm import Session

from models.errors import IncompleteTransition, Invalid, NotAllowed, NotFound
from models.read_models import ActionView, Actor, PersonRef, ProjectView, RiskView
from models.rules.access import Capability, Standing, may
from models.rules.actions import COUNTS_AS_RESPONSE, ActionSource
from models.rules.risks.moves import CAPABILITIES, RiskMove
from models.rules.risks.states import Missing
from models.rules.risks.words import Visibility
from models.services import audit, owning
from models.services.actions.rows import actions_of
from models.services.projects.rows import delivery_managers, required_project
from models.services.risks import screens as risk_screens
from models.services.risks import transitions
from models.services.risks.rows import RISK, find_risk
from models.services.standing import leads, require, standing
from models.tables import risks
from models.value import Value


class Found(Value):
    """A risk that is to be changed, with all that decides whether the change may be made."""

    session: Session
    risk: RiskView
    project: ProjectView
    standing: Standing

    def require(self, capability: Capability) -> None:
        """Raise NotAllowed, naming whom to ask, where the policy table says no."""
        ask = (self.risk.raised_by,) if capability is Capability.UNDO_RISK else leads(self.project.roles)
        require(self.standing, capability, ask)

    def require_active(self) -> None:
        """Raise Invalid where the project is archived: its risks can be ended, and nothing else."""
        if self.project.is_archived:
            raise Invalid({"project": risk_screens.over(self.project)})

    def owner(self, owner_id: UUID | None) -> PersonRef | None:
        """Return the owner of that id; the present one may stay whatever became of them. Raises Invalid."""
        return owning.owner_after(self.session, self.risk.workspace_id, self.risk.owner, owner_id)

    def require_version(self, version: int) -> None:
        """Raise Conflict, with what changed since and who did it, unless that is the present version."""
        owning.require_version(self.session, self.risk, version)

    def actions(self) -> tuple[ActionView, ...]:
        """Return what was promised about it."""
        return actions_of(self.session, self.risk.workspace_id, ActionSource.RISK, self.risk.id)

    def has_response(self) -> bool:
        """Tell whether something is done, or was done, about it."""
        return any(action.status in COUNTS_AS_RESPONSE for action in self.actions())

    def moved(self, move: RiskMove, reason: str) -> RiskView:
        """Return the risk after the move. Raises as ``RiskRegister.move`` does; delivery managers by name."""
        self.require(CAPABILITIES[move])
        is_approved = may(self.standing, Capability.ACCEPT_GRAVE_RISK)
        try:
            moved = transitions.moved(self.risk, move, reason, is_approved=is_approved)
        except IncompleteTransition as incomplete:
            if Missing.DELIVERY_MANAGER in incomplete.missing:
                self.refuse_acceptance()
            raise
        return moved

    def refuse_acceptance(self) -> NoReturn:
        """Raise NotAllowed, with the names of those who may accept so grave a risk."""
        names = tuple(person.name for person in self.delivery_managers())
        raise NotAllowed(Capability.ACCEPT_GRAVE_RISK, names)

    def delivery_managers(self) -> tuple[PersonRef, ...]:
        """Return the workspace's delivery managers."""
        return delivery_managers(self.session, self.risk.workspace_id)

    def latest_reason(self, action: str) -> str:
        """Return why somebody last did that to the risk; "" where nobody did."""
        entries = audit.history(self.session, self.risk.workspace_id, self.risk.id)
        return next((entry.reason for entry in entries if entry.action == action), "")


def find(session: Session, actor: Actor, risk_id: UUID, *, lock: bool = True) -> Found:
    """Return the risk, locked unless told otherwise. Raises NotFound, NotAllowed."""
    risk = find_risk(session, actor.workspace_id, risks.c.id == risk_id, lock=lock)
    if risk is None or risk.is_withdrawn:
        raise NotFound(RISK, str(risk_id))
    project = required_project(session, actor.workspace_id, risk.project_id)
    helpers: tuple[PersonRef, ...] = ()
    if risk.visibility is Visibility.RESTRICTED:
        promised = actions_of(session, actor.workspace_id, ActionSource.RISK, risk_id)
        helpers = tuple(action.owner for action in promised)
    held = standing(actor, project, risk, helpers=helpers)
    risk_screens.require_sight(held, risk)
    return Found(session, risk, project, held)


def required_risk(session: Session, workspace_id: UUID, risk_id: UUID) -> RiskView:
    """Return the workspace's risk, whoever asks. Raises NotFound."""
    risk = find_risk(session, workspace_id, risks.c.id == risk_id)
    if risk is None:
        raise NotFound(RISK, str(risk_id))
    return risk
