"""What is done about a risk: planned, promised as actions, and what is left of it afterwards."""

from datetime import datetime
from uuid import UUID

from models.commands import RiskResponse
from models.database import Database
from models.errors import Invalid
from models.read_models import ActionOrigin, Actor, Origin, PersonRef, RiskDetails, RiskView
from models.rules.access import Capability
from models.rules.actions import ActionSource
from models.rules.risks.states import RiskStatus, is_treatable
from models.services.actions.following import Following, add
from models.services.risks import checking, transitions
from models.services.risks import fields as risk_fields
from models.services.risks import screens as risk_screens
from models.services.risks.changing import Change, change
from models.services.risks.found import Found, find
from models.services.texts import clean_line

_NOTHING_DONE = "Nothing was done about it yet. Mark an action as done first, or change its score."


class RiskResponses:
    """Plans responses, and judges what they leave. What a person may not even see is NotFound to them."""

    def __init__(self, database: Database) -> None:
        """Take where risks and actions are kept."""
        self._database = database

    def reassess(
        self,
        actor: Actor,
        risk_id: UUID,
        probability: int,
        impact: int,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> RiskView:
        """Say what is left of a risk after what was done about it.

        Raises NotFound, NotAllowed, Conflict, RefusedTransition, and Invalid while nothing was done.
        """
        checking.check_levels(probability, impact)

        def decide(found: Found) -> RiskView:
            found.require(Capability.SCORE_RISK)
            found.require_version(version)
            if not risk_screens.is_something_done(found.actions()):
                raise Invalid({"probability": _NOTHING_DONE})
            return risk_fields.with_residual(found.risk, probability, impact)

        what = Change("reassessed", decide)
        return change(self._database, actor, risk_id, what, origin=origin, now=now)

    def respond(
        self, actor: Actor, risk_id: UUID, response: RiskResponse, *, origin: Origin, now: datetime
    ) -> RiskView:
        """Say what is done about a risk, and the next step of it; to accept or to pass it up is a move.

        Raises NotFound, NotAllowed, Invalid, RefusedTransition, IncompleteTransition.
        """

        def decide(found: Found) -> RiskView:
            found.require(Capability.RESPOND_TO_RISK)
            checking.check_strategy(found.risk.kind, response.strategy)
            has_action = response.action is not None or found.has_response()
            return transitions.responded(found.risk, response.strategy, has_dated_action=has_action)

        def also(found: Found, after: RiskView) -> tuple[PersonRef, ...]:
            if response.action is None:
                return ()
            following = Following(
                ActionOrigin(ActionSource.RISK, after.id, str(after.reference)),
                after.visibility,
                found.project,
            )
            action = add(found.session, actor, response.action, following, origin=origin, now=now)
            return (action.owner,)

        planned = response.action.title if response.action else ""
        what = Change("responded", decide, also=also, reason=clean_line(planned))
        return change(self._database, actor, risk_id, what, origin=origin, now=now)

    def respondable(self, actor: Actor, risk_id: UUID) -> RiskDetails:
        """Return the risk if the person may plan a response. Raises as ``respond`` does."""
        with self._database.read() as session:
            found = find(session, actor, risk_id, lock=False)
            found.require(Capability.RESPOND_TO_RISK)
            found.require_active()
            if not is_treatable(found.risk.status):
                transitions.require_transition(found.risk, RiskStatus.TREATING)
            return risk_screens.details(session, actor, risk_id, None)
