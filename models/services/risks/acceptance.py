"""Leave to accept a grave risk: somebody asks, a delivery manager answers."""

from datetime import datetime
from uuid import UUID

from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, Origin, RiskView
from models.rules.access import Capability, may
from models.rules.risks.moves import ACTIONS, RiskMove
from models.services.risks import transitions
from models.services.risks.changing import Change, change
from models.services.risks.found import Found, find
from models.services.texts import checked_reason
from models.value import replace

ASKED = "acceptance_asked"
REFUSED = "acceptance_refused"
"""What the history calls it."""

_ASKED_ALREADY = "A delivery manager has been asked already, and hasn't answered yet."
_NOBODY_ASKS = "Nobody is waiting for that any more."
_NO_MANAGER = "There is no delivery manager yet who could accept it. An admin can name one."


class RiskAcceptance:
    """Asks for leave, and gives it. What a person may not even see is NotFound to them."""

    def __init__(self, database: Database) -> None:
        """Take where risks are kept."""
        self._database = database

    def ask(self, actor: Actor, risk_id: UUID, reason: str, *, origin: Origin, now: datetime) -> RiskView:
        """Ask the delivery managers to accept a risk that is too grave for the person to accept.

        Raises NotFound, NotAllowed, Invalid, RefusedTransition.
        """
        reason = checked_reason(reason)

        def decide(found: Found) -> RiskView:
            _require_askable(found)
            return replace(found.risk, acceptance_asked_by=actor.person)

        what = Change(ASKED, decide, reason=reason)
        return change(self._database, actor, risk_id, what, origin=origin, now=now)

    def askable(self, actor: Actor, risk_id: UUID) -> RiskView:
        """Return the risk if the person may ask for leave to accept it. Raises as ``ask`` does."""
        with self._database.read() as session:
            found = find(session, actor, risk_id, lock=False)
            found.require_active()
            _require_askable(found)
        return found.risk

    def approve(self, actor: Actor, risk_id: UUID, *, origin: Origin, now: datetime) -> RiskView:
        """Accept a risk for the reason that whoever asked gave. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            reason = find(session, actor, risk_id, lock=False).latest_reason(ASKED)

        def decide(found: Found) -> RiskView:
            _require_asked(found)
            return found.moved(RiskMove.ACCEPT, reason)

        what = Change(ACTIONS[RiskMove.ACCEPT], decide, reason=reason)
        return change(self._database, actor, risk_id, what, origin=origin, now=now)

    def refuse(self, actor: Actor, risk_id: UUID, reason: str, *, origin: Origin, now: datetime) -> RiskView:
        """Say "not yet" to whoever asked. Raises NotFound, NotAllowed, Invalid."""
        reason = checked_reason(reason)

        def decide(found: Found) -> RiskView:
            _require_asked(found)
            return replace(found.risk, acceptance_asked_by=None)

        what = Change(REFUSED, decide, reason=reason)
        return change(self._database, actor, risk_id, what, origin=origin, now=now)

    def refusable(self, actor: Actor, risk_id: UUID) -> RiskView:
        """Return the risk if the person may answer whoever asks. Raises as ``refuse`` does."""
        with self._database.read() as session:
            found = find(session, actor, risk_id, lock=False)
            found.require_active()
            _require_asked(found)
        return found.risk


def _require_askable(found: Found) -> None:
    found.require(Capability.ACCEPT_RISK)
    transitions.moved(found.risk, RiskMove.ACCEPT, "", is_approved=True)
    if found.risk.acceptance_asked_by is not None:
        raise Invalid({"reason": _ASKED_ALREADY})
    if not found.delivery_managers():
        raise Invalid({"reason": _NO_MANAGER})


def _require_asked(found: Found) -> None:
    if not may(found.standing, Capability.ACCEPT_GRAVE_RISK):
        found.refuse_acceptance()
    if found.risk.acceptance_asked_by is None:
        raise Invalid({"reason": _NOBODY_ASKS})
