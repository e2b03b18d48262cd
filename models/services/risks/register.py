"""The risk register: logged in seconds, scored, changed, and never forgotten."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from models.commands import RiskFields
from models.database import Database
from models.errors import IncompleteTransition
from models.read_models import (
    Actor,
    Origin,
    PersonRef,
    ProjectView,
    RiskDetails,
    RiskFilter,
    RiskPage,
    RiskView,
)
from models.rules.access import Capability, may
from models.rules.references import Reference
from models.rules.risks.moves import ACTIONS, ENDING, RiskMove
from models.rules.risks.states import Missing, is_undoable
from models.rules.risks.words import RiskKind
from models.services.outbox.enqueue import Outgoing
from models.services.owning import just_logged, owner_of, require_undoable
from models.services.projects.rows import delivery_managers
from models.services.raid.changing import Doing
from models.services.raid.linking import issue_of_risk
from models.services.risks import checking
from models.services.risks import fields as risk_fields
from models.services.risks import lists as risk_lists
from models.services.risks import notices as risk_notices
from models.services.risks import screens as risk_screens
from models.services.risks.changing import Change, change
from models.services.risks.escalating import Occasion, of_change, told_above
from models.services.risks.found import Found, find
from models.services.risks.logging import new_risk, write_new
from models.services.standing import leads, require, standing
from models.services.texts import checked_reason
from models.services.zones import today_of
from models.tables import risks
from models.value import replace

_CLOSE = "Close it with a reason instead, so that nobody wonders."
_HAVE_IT_CLOSED = "Ask the project manager to take it off the list, and say why."


class RiskRegister:
    """Everything that may be done with risks. What a person may not even see is NotFound to them."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def log(
        self,
        actor: Actor,
        project: ProjectView,
        fields: RiskFields,
        *,
        confirm_in: str | None,
        origin: Origin,
        now: datetime,
    ) -> RiskView:
        """Log a risk; a title is enough. ``confirm_in`` is the channel in which the raiser is told, if any.

        Raises NotAllowed, NotFound for the project, Invalid. What can be read is read before the transaction
        begins, and the project's number is taken at its very end: until the commit it keeps everybody else
        who logs a risk there waiting.
        """
        require(standing(actor), Capability.LOG_RISK)
        fields = checking.checked(fields)
        owner, told = self._concerned(actor, project, fields, on=today_of(project, now))
        risk = new_risk(actor, project, fields, owner, now)
        occasions = of_change(None, risk)
        above = self._told_above(actor, risk, occasions)
        said = tuple(risk_notices.of_new_risk(risk, told, confirm_in, above))
        return write_new(self._database, actor, risk, said, occasions, origin=origin, now=now)

    def _concerned(
        self, actor: Actor, project: ProjectView, fields: RiskFields, *, on: date
    ) -> tuple[PersonRef | None, tuple[PersonRef, ...]]:
        """Return the owner, and who is to be told."""
        told = leads(project.roles, on=on)
        if told and fields.owner_id is None:
            return None, told
        with self._database.read() as session:
            owner = owner_of(session, actor.workspace_id, fields.owner_id)
            return owner, told or delivery_managers(session, actor.workspace_id)

    def _told_above(
        self, actor: Actor, risk: RiskView, occasions: Sequence[Occasion]
    ) -> tuple[Outgoing, ...]:
        if not occasions:
            return ()
        with self._database.read() as session:
            return told_above(session, risk, occasions, actor.person)

    def edit(
        self,
        actor: Actor,
        risk_id: UUID,
        fields: RiskFields,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> RiskView:
        """Change what a risk says. Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.

        Its levels are left alone by whoever may edit but not score it.
        """
        fields = checking.checked(fields)

        def decide(found: Found) -> RiskView:
            found.require(Capability.EDIT_RISK)
            found.require_version(version)
            before = found.risk
            if (before.probability, before.impact) != (fields.probability, fields.impact):
                found.require(Capability.SCORE_RISK)
            owner = found.owner(fields.owner_id)
            may_escalate = may(found.standing, Capability.ESCALATE_RISK)
            return risk_fields.with_fields(before, fields, owner, may_escalate=may_escalate)

        what = Change("edited", decide)
        return change(self._database, actor, risk_id, what, origin=origin, now=now)

    def score(  # noqa: PLR0913 - the four that a person chooses, and each of the rest by name.
        self,
        actor: Actor,
        risk_id: UUID,
        probability: int,
        impact: int,
        owner_id: UUID | None,
        due_on: date | None = None,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> RiskView:
        """Say how likely, how bad and whose; a proposed risk is open once it has all three.

        ``due_on`` is the day by which it is due, where that is said with it.

        Raises NotFound, NotAllowed, Invalid, Conflict, RefusedTransition.
        """
        checking.check_levels(probability, impact)

        def decide(found: Found) -> RiskView:
            found.require(Capability.SCORE_RISK)
            found.require_version(version)
            owner = found.owner(owner_id)
            return risk_fields.with_score(found.risk, probability, impact, owner, due_on)

        what = Change("scored", decide, unscored="edited" if due_on else "owned")
        return change(self._database, actor, risk_id, what, origin=origin, now=now)

    def move(
        self, actor: Actor, risk_id: UUID, move: RiskMove, reason: str, *, origin: Origin, now: datetime
    ) -> RiskView:
        """Accept, escalate, close … a risk, with the reason where there is one.

        A threat that happened becomes an issue.

        Raises NotFound, NotAllowed, Invalid, RefusedTransition, and IncompleteTransition without a reason
        where one is needed.
        """
        reason = checked_reason(reason)

        def decide(found: Found) -> RiskView:
            return found.moved(move, reason)

        def then(found: Found, after: RiskView) -> None:
            if move is RiskMove.HAPPENED and after.kind is RiskKind.THREAT:
                issue_of_risk(Doing(found.session, actor, origin, now), found.project, after, reason)

        what = Change(ACTIONS[move], decide, reason=reason, then=then, is_ending=move in ENDING)
        return change(self._database, actor, risk_id, what, origin=origin, now=now)

    def movable(self, actor: Actor, risk_id: UUID, move: RiskMove) -> RiskView:
        """Return the risk if the person may make the move once they say why. Raises as ``move`` does."""
        with self._database.read() as session:
            found = find(session, actor, risk_id, lock=False)
            if move not in ENDING:
                found.require_active()
            try:
                found.moved(move, "")
            except IncompleteTransition as incomplete:
                if incomplete.missing != (Missing.REASON,):
                    raise
        return found.risk

    def review(
        self,
        actor: Actor,
        risk_id: UUID,
        due_on: date | None = None,
        reason: str = "",
        *,
        origin: Origin,
        now: datetime,
    ) -> RiskView:
        """Confirm that all is still right: its next review is as far off as its band says.

        Where the day has passed by which it was due, ``due_on`` is the new one. Raises NotFound, NotAllowed,
        and Invalid for one that is over or not scored, and for a day that has passed or that lacks.
        """

        def decide(found: Found) -> RiskView:
            found.require(Capability.REVIEW_RISK)
            return risk_fields.confirmed(found.risk, due_on, today_of(found.project, now))

        what = Change("reviewed", decide, reason=checked_reason(reason))
        return change(self._database, actor, risk_id, what, origin=origin, now=now)

    def reviewable(self, actor: Actor, risk_id: UUID) -> RiskView:
        """Return the risk if the person may say that all is still right. Raises as ``review`` does."""
        with self._database.read() as session:
            found = find(session, actor, risk_id, lock=False)
            found.require_active()
            found.require(Capability.REVIEW_RISK)
            risk_fields.require_reviewable(found.risk)
        return found.risk

    def undo(self, actor: Actor, risk_id: UUID, *, origin: Origin, now: datetime) -> RiskView:
        """Take a risk back that nobody else has worked on. Raises NotFound, NotAllowed, Invalid."""

        def decide(found: Found) -> RiskView:
            _require_undoable(found, now)
            return replace(found.risk, is_withdrawn=True)

        what = Change("undone", decide, is_ending=True)
        return change(self._database, actor, risk_id, what, origin=origin, now=now)

    def undoable(self, actor: Actor, risk_id: UUID, *, now: datetime) -> RiskView:
        """Return the risk if the person may take it back. Raises as ``undo`` does."""
        with self._database.read() as session:
            found = find(session, actor, risk_id, lock=False)
            _require_undoable(found, now)
        return found.risk

    def just_logged(self, actor: Actor, *, now: datetime) -> UUID | None:
        """Return the risk that the person logged last and may still take back, if nobody worked on it."""
        with self._database.read() as session:
            return just_logged(session, risks, actor, now)

    def details(self, actor: Actor, reference: Reference | UUID, *, in_project: UUID | None) -> RiskDetails:
        """Return a risk with its history and what the person may do with it. Raises NotFound, NotAllowed.

        A bare ``R12`` is looked for in the project ``in_project``.
        """
        with self._database.read() as session:
            return risk_screens.details(session, actor, reference, in_project)

    def page(self, actor: Actor, wanted: RiskFilter, *, today: date) -> RiskPage:
        """Return one page of the risks that are wanted, gravest first. Raises NotFound for the project."""
        with self._database.read() as session:
            return risk_lists.page(session, actor, wanted, today)


def _require_undoable(found: Found, now: datetime) -> None:
    """Raise NotAllowed or Invalid, saying what can be done instead, unless it may be taken back."""
    found.require(Capability.UNDO_RISK)
    instead = _CLOSE if may(found.standing, Capability.CLOSE_RISK) else _HAVE_IT_CLOSED
    is_young = is_undoable(found.risk.status, found.risk.raised_at, now)
    require_undoable(found.session, found.risk, is_young=is_young, instead=instead)
