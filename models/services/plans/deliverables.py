"""Deliverables: due, handed over, and accepted or rejected by the client."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.commands import NAME_LENGTH, Approval, DeliverableFields
from models.database import Database
from models.errors import Invalid, RefusedTransition
from models.read_models import Actor, DeliverableView, MilestoneView, Origin
from models.rules.days import day_words
from models.rules.plans.deliverables import DELIVERABLE_MOVES, DeliverableState, before, may_follow
from models.services.plans.kinds import DELIVERABLES, MILESTONES
from models.services.plans.records import Change, Records
from models.services.plans.words import checked_evidence, checked_line, checked_title, past_day
from models.services.projects.changing import FoundProject
from models.services.texts import checked_reason
from models.services.zones import today_of
from models.value import replace

_NO_DAY = "Pick a day, or the milestone that it belongs to."
_NO_MILESTONE = "There is no such milestone on this project."
_WHY = "Say what the client wants changed, so that it can be."
_BEFORE_SUBMITTED = "It was handed over on {} only. Pick that day or a later one."
_ACCEPTED = "{} is accepted already. Undo that first, if it isn't."
_SUBMITTED = "{} is submitted already. Say where it is, if that is to be corrected."
_NOTHING = "{} is only due, so there is nothing to undo."
_S = DeliverableState


class Deliverables(Records[DeliverableView]):
    """What clients get, and whether they accept it."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        super().__init__(database, DELIVERABLES)

    def add(
        self, actor: Actor, project_id: UUID, fields: DeliverableFields, *, origin: Origin, now: datetime
    ) -> DeliverableView:
        """Add a deliverable, due on a day or with its milestone. Raises NotFound, NotAllowed, Invalid."""
        title = _checked(fields)

        def make(found: FoundProject, record_id: UUID, number: int) -> DeliverableView:
            added = DeliverableView(
                id=record_id,
                workspace_id=actor.workspace_id,
                project_id=project_id,
                project_key=found.project.key,
                number=number,
                title=title,
                added_by=actor.person,
                added_at=now,
                updated_at=now,
            )
            return _planned(found, added, title, fields)

        return self._add(actor, project_id, make, origin=origin, now=now)

    def edit(
        self,
        actor: Actor,
        record_id: UUID,
        fields: DeliverableFields,
        *,
        version: int | None,
        origin: Origin,
        now: datetime,
    ) -> DeliverableView:
        """Change what it says, its day and its milestone.

        Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.
        """
        title = _checked(fields)

        def decide(found: FoundProject, deliverable: DeliverableView) -> DeliverableView:
            return _planned(found, deliverable, title, fields)

        return self._change(actor, record_id, Change("edited", decide, version), origin=origin, now=now)

    def submit(
        self,
        actor: Actor,
        record_id: UUID,
        evidence: str = "",
        *,
        version: int | None = None,
        origin: Origin,
        now: datetime,
    ) -> DeliverableView:
        """Say that it was handed over today, and where it is, or what it was; or correct where it is.

        Raises NotFound, NotAllowed, Invalid, RefusedTransition, Conflict if it is past ``version``.
        """
        where = checked_evidence(evidence)

        def decide(found: FoundProject, deliverable: DeliverableView) -> DeliverableView:
            if deliverable.state is _S.SUBMITTED:
                if not where:
                    raise Invalid({"evidence": _SUBMITTED.format(deliverable.name)})
                return replace(deliverable, evidence=where)
            return replace(
                _moved(deliverable, _S.SUBMITTED),
                evidence=where or deliverable.evidence,
                submitted_on=today_of(found.project, now),
                submitted_by_id=actor.person.id,
                submitted_by=actor.person.name,
                **_UNDECIDED,
            )

        what = Change("submitted", decide, version)
        return self._change(actor, record_id, what, origin=origin, now=now)

    def accept(
        self,
        actor: Actor,
        record_id: UUID,
        approval: Approval,
        *,
        version: int | None = None,
        origin: Origin,
        now: datetime,
    ) -> DeliverableView:
        """Write down that the client accepts it.

        Raises NotFound, NotAllowed, Invalid, RefusedTransition, Conflict if it is past ``version``.
        """
        who = checked_line(approval.accepted_by, "accepted_by", NAME_LENGTH)

        def decide(found: FoundProject, deliverable: DeliverableView) -> DeliverableView:
            accepted = _moved(deliverable, _S.ACCEPTED)
            day = past_day(found.project, approval.accepted_on, "accepted_on", now)
            if accepted.submitted_on is not None and day < accepted.submitted_on:
                raise Invalid({"accepted_on": _BEFORE_SUBMITTED.format(day_words(accepted.submitted_on))})
            return _decided(replace(accepted, accepted_by=who), actor, day)

        what = Change("accepted", decide, version)
        return self._change(actor, record_id, what, origin=origin, now=now)

    def reject(
        self,
        actor: Actor,
        record_id: UUID,
        reason: str,
        *,
        version: int | None = None,
        origin: Origin,
        now: datetime,
    ) -> DeliverableView:
        """Write down that the client rejects it, and why.

        Raises NotFound, NotAllowed, Invalid, RefusedTransition, Conflict if it is past ``version``.
        """
        reason = checked_reason(reason, _WHY)

        def decide(found: FoundProject, deliverable: DeliverableView) -> DeliverableView:
            rejected = replace(
                _moved(deliverable, _S.REJECTED), rejection=reason, rejections=deliverable.rejections + 1
            )
            return _decided(rejected, actor, today_of(found.project, now))

        what = Change("rejected", decide, version, reason)
        return self._change(actor, record_id, what, origin=origin, now=now)

    def undo(self, actor: Actor, record_id: UUID, *, origin: Origin, now: datetime) -> DeliverableView:
        """Take the last step back. Raises NotFound, NotAllowed, Invalid where it is only due."""

        def decide(_found: FoundProject, deliverable: DeliverableView) -> DeliverableView:
            earlier = before(deliverable.state, deliverable.rejections)
            if earlier is None:
                raise Invalid({"state": _NOTHING.format(deliverable.name)})
            back = replace(deliverable, state=earlier)
            if deliverable.state is _S.SUBMITTED:
                return replace(back, **_UNSUBMITTED)
            fewer = deliverable.rejections - (deliverable.state is _S.REJECTED)
            return replace(back, rejections=fewer, **_UNDECIDED)

        return self._change(actor, record_id, Change("took back", decide), origin=origin, now=now)

    def milestones(self, actor: Actor, project_id: UUID) -> tuple[MilestoneView, ...]:
        """Return the milestones that a deliverable may belong to. Raises NotFound, NotAllowed."""
        self.addable(actor, project_id)
        with self._database.read() as session:
            return MILESTONES.of_project(session, actor.workspace_id, project_id)


_UNDECIDED: dict[str, Any] = {
    "decided_on": None,
    "decided_by_id": None,
    "decided_by": None,
    "accepted_by": "",
}
_UNSUBMITTED: dict[str, Any] = {"submitted_on": None, "submitted_by_id": None, "submitted_by": None}


def open_deliverables(session: Session, workspace_id: UUID, project_id: UUID) -> tuple[DeliverableView, ...]:
    """Return what the client has not accepted yet."""
    found = DELIVERABLES.of_project(session, workspace_id, project_id)
    return tuple(each for each in found if not each.is_accepted)


def _checked(fields: DeliverableFields) -> str:
    """Return the title as it is kept. Raises Invalid."""
    if fields.due_on is None and fields.milestone_id is None:
        raise Invalid({"due_on": _NO_DAY})
    return checked_title(fields.title, "Say in a few words what the client gets.")


def _planned(
    found: FoundProject, deliverable: DeliverableView, title: str, fields: DeliverableFields
) -> DeliverableView:
    """Return the deliverable with what is planned of it. Raises Invalid for another project's milestone."""
    milestone = None
    if fields.milestone_id is not None:
        theirs = MILESTONES.of_project(found.session, deliverable.workspace_id, deliverable.project_id)
        milestone = next((each for each in theirs if each.id == fields.milestone_id), None)
        if milestone is None:
            raise Invalid({"milestone_id": _NO_MILESTONE})
    return replace(
        deliverable,
        title=title,
        due_on=fields.due_on,
        milestone_id=milestone.id if milestone else None,
        milestone_number=milestone.number if milestone else None,
        milestone_on=milestone.expected_on if milestone else None,
    )


def _moved(deliverable: DeliverableView, target: DeliverableState) -> DeliverableView:
    """Return the deliverable in that state. Raises RefusedTransition."""
    if deliverable.is_accepted:
        raise Invalid({"state": _ACCEPTED.format(deliverable.name)})
    if not may_follow(deliverable.state, target):
        allowed = tuple(sorted(DELIVERABLE_MOVES[deliverable.state]))
        raise RefusedTransition(deliverable.state, target, allowed)
    return replace(deliverable, state=target)


def _decided(deliverable: DeliverableView, actor: Actor, day: date) -> DeliverableView:
    return replace(deliverable, decided_on=day, decided_by_id=actor.person.id, decided_by=actor.person.name)
