"""Issues, assumptions, dependencies and decisions: logged in seconds, ended in their own words."""

from datetime import date, datetime
from uuid import UUID, uuid4

from models.commands import RaidFields, RaidOutcome
from models.database import Database
from models.errors import Invalid
from models.read_models import (
    Actor,
    Origin,
    PersonRef,
    ProjectView,
    RaidDetails,
    RaidFilter,
    RaidPage,
    RaidView,
)
from models.rules.access import Capability
from models.rules.raid.states import ENDINGS, RAID_ACTIONS, TARGETS, RaidMove, RaidStatus, is_young
from models.rules.raid.words import RaidKind
from models.rules.references import Reference
from models.services.owning import just_logged, owner_of, require_undoable
from models.services.raid import fields as raid_fields
from models.services.raid import screens
from models.services.raid.changing import Change, Doing, change, change_along, nothing, write_new
from models.services.raid.found import Found, capability_for, find, required_item
from models.services.raid.linking import issue_of_assumption, risk_of_doubt
from models.services.raid.rows import find_item
from models.services.receipts import claim
from models.services.standing import require, standing
from models.services.zones import today_of
from models.tables import raid_items
from models.value import replace

_SAY_HOW = "Say how it ended instead, so that nobody wonders."
_DECIDE_ANEW = "Let another decision take its place instead."
_LEADS_TO = {RaidMove.DOUBT: risk_of_doubt, RaidMove.WRONG: issue_of_assumption}
_NOT_A_DECISION = "Only a decision can take the place of another."


class RaidRegister:
    """Everything that may be done with these records. What a person may not even see is NotFound to them."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def log(
        self,
        actor: Actor,
        project: ProjectView,
        kind: RaidKind,
        fields: RaidFields,
        *,
        confirm_in: str | None,
        origin: Origin,
        now: datetime,
    ) -> RaidView:
        """Log a record; a title is enough. A decision with its outcome is decided at once.

        ``confirm_in`` is the channel in which whoever logs it is told, if any.

        Raises NotAllowed, NotFound for the project, Invalid.
        """
        require(standing(actor), Capability.LOG_RAID_ITEM)
        fields = raid_fields.checked(kind, fields)
        item = raid_fields.new_item(actor, project, kind, fields, None, now)
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, item.id, now)
            if earlier is not None:
                return required_item(session, actor.workspace_id, earlier)
            owner = owner_of(session, actor.workspace_id, fields.owner_id)
            item = replace(item, owner=owner)
            if fields.outcome:
                item = _decided(item, fields, actor.person, today_of(project, now))
            return write_new(Doing(session, actor, origin, now), item, project, confirm_in=confirm_in)

    def edit(
        self,
        actor: Actor,
        item_id: UUID,
        fields: RaidFields,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> RaidView:
        """Change what a record says; what was decided stays as it was.

        Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.
        """

        def decide(found: Found) -> RaidView:
            found.require(Capability.EDIT_RAID_ITEM)
            found.require_version(version)
            kept = raid_fields.checked(found.item.kind, replace(fields, outcome="", rationale=""))
            return raid_fields.with_fields(found.item, kept, found.owner(fields.owner_id))

        return change(self._database, actor, item_id, Change("edited", decide), origin=origin, now=now)

    def move(
        self,
        actor: Actor,
        item_id: UUID,
        move: RaidMove,
        outcome: RaidOutcome,
        *,
        origin: Origin,
        now: datetime,
    ) -> RaidView:
        """Resolve, confirm, decide … a record, with the words that belong to it.

        A doubtful assumption becomes a risk, and a wrong one an issue.

        Raises NotFound, NotAllowed, Invalid, RefusedTransition.
        """
        words = raid_fields.checked_outcome(move, outcome)

        def decide(found: Found) -> RaidView:
            _require_movable(found, move)
            today = today_of(found.project, now)
            if move is not RaidMove.DECIDE:
                return raid_fields.moved(found.item, move, words, today)
            return raid_fields.decided(found.item, words, _decider(found, outcome, actor), today)

        what = Change(RAID_ACTIONS[move], decide, _LEADS_TO.get(move, nothing), words.text, move in ENDINGS)
        return change(self._database, actor, item_id, what, origin=origin, now=now)

    def movable(self, actor: Actor, item_id: UUID, move: RaidMove) -> RaidView:
        """Return the record if the person may make the move with the right words. Raises as ``move`` does."""
        with self._database.read() as session:
            found = find(session, actor, item_id, lock=False)
            if move not in ENDINGS:
                found.require_active()
            _require_movable(found, move)
        return found.item

    def supersede(
        self, actor: Actor, item_id: UUID, fields: RaidFields, *, origin: Origin, now: datetime
    ) -> RaidView:
        """Let a new decision take the place of one that was decided, and return the new one.

        Raises NotFound, NotAllowed, Invalid, RefusedTransition.
        """
        kept = raid_fields.checked(RaidKind.DECISION, fields)
        if not kept.outcome:
            raid_fields.checked_outcome(RaidMove.DECIDE, RaidOutcome())
        with self._database.write() as session:
            new_id = uuid4()
            earlier = claim(session, actor.workspace_id, origin, new_id, now)
            if earlier is not None:
                return required_item(session, actor.workspace_id, earlier)
            found = find(session, actor, item_id)
            _require_supersedable(found)
            doing = Doing(session, actor, origin, now)
            owner = found.owner(fields.owner_id)
            new = raid_fields.new_item(actor, found.project, RaidKind.DECISION, kept, owner, now)
            new = _decided(new, kept, actor.person, today_of(found.project, now))
            over = replace(found.item, status=RaidStatus.SUPERSEDED)
            change_along(doing, found.item, over, "superseded")
            return write_new(doing, replace(new, id=new_id, follows_id=found.item.id), found.project)

    def supersedable(self, actor: Actor, item_id: UUID) -> RaidView:
        """Return the decision if the person may let another take its place. Raises as ``supersede`` does."""
        with self._database.read() as session:
            found = find(session, actor, item_id, lock=False)
            _require_supersedable(found)
        return found.item

    def undo(self, actor: Actor, item_id: UUID, *, origin: Origin, now: datetime) -> RaidView:
        """Take a record back that nobody else has worked on; what it superseded holds again.

        Raises NotFound, NotAllowed, Invalid.
        """

        def decide(found: Found) -> RaidView:
            _require_undoable(found, now)
            return replace(found.item, is_withdrawn=True)

        what = Change("undone", decide, _give_way_back)
        return change(self._database, actor, item_id, what, origin=origin, now=now)

    def undoable(self, actor: Actor, item_id: UUID, *, now: datetime) -> RaidView:
        """Return the record if the person may take it back. Raises as ``undo`` does."""
        with self._database.read() as session:
            found = find(session, actor, item_id, lock=False)
            _require_undoable(found, now)
        return found.item

    def just_logged(self, actor: Actor, *, now: datetime) -> UUID | None:
        """Return the record that the person logged last and may still take back, if nobody worked on it."""
        with self._database.read() as session:
            return just_logged(session, raid_items, actor, now)

    def details(self, actor: Actor, reference: Reference | UUID, *, in_project: UUID | None) -> RaidDetails:
        """Return a record with its history and what the person may do with it. Raises NotFound, NotAllowed.

        A bare ``I3`` is looked for in the project ``in_project``.
        """
        with self._database.read() as session:
            return screens.details(session, actor, reference, in_project)

    def page(self, actor: Actor, wanted: RaidFilter, *, today: date) -> RaidPage:
        """Return one page of the records that are wanted. Raises NotFound for the project, NotAllowed."""
        with self._database.read() as session:
            return screens.page(session, actor, wanted, today)


def _decided(item: RaidView, fields: RaidFields, by: PersonRef, today: date) -> RaidView:
    """Return a new decision decided at once; whoever writes it down decided it, unless somebody else did."""
    decider = item.owner or (None if item.other_party else by)
    return raid_fields.decided(item, RaidOutcome(fields.outcome, fields.rationale), decider, today)


def _decider(found: Found, outcome: RaidOutcome, actor: Actor) -> PersonRef | None:
    """Return who decided: whoever is named; else somebody outside who was to, or who writes it down."""
    if outcome.decider_id is not None:
        return found.owner(outcome.decider_id)
    is_theirs = found.item.owner is None and bool(found.item.other_party)
    return None if is_theirs else actor.person


def _require_movable(found: Found, move: RaidMove) -> None:
    raid_fields.require_transition(found.item, TARGETS[move])
    found.require(capability_for(found.item.kind, move))


def _require_supersedable(found: Found) -> None:
    found.require_active()
    if found.item.kind is not RaidKind.DECISION:
        raise Invalid({"outcome": _NOT_A_DECISION})
    raid_fields.require_transition(found.item, RaidStatus.SUPERSEDED)
    found.require(Capability.DECIDE)


def _require_undoable(found: Found, now: datetime) -> None:
    """Raise NotAllowed or Invalid, saying what can be done instead, unless it may be taken back."""
    found.require_active()
    found.require(Capability.UNDO_RAID_ITEM)
    instead = _DECIDE_ANEW if found.item.is_final else _SAY_HOW
    young = is_young(found.item.raised_at, now)
    require_undoable(found.session, found.item, is_young=young, instead=instead)


def _give_way_back(doing: Doing, _found: Found, after: RaidView, _reason: str) -> RaidView:
    """Let what a decision superseded hold again."""
    if after.kind is not RaidKind.DECISION or after.follows_id is None:
        return after
    before = find_item(doing.session, after.workspace_id, raid_items.c.id == after.follows_id, lock=True)
    if before is not None and before.status is RaidStatus.SUPERSEDED:
        change_along(doing, before, replace(before, status=RaidStatus.DECIDED), "holds_again")
    return after
