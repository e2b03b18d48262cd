"""Milestones: agreed, moved with a reason, done, and accepted."""

from datetime import date, datetime
from uuid import UUID

from models.commands import NAME_LENGTH, Approval, MilestoneFields
from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, MilestoneView, Origin, PlanPage
from models.rules.days import day_words
from models.rules.plans.milestones import MilestoneState
from models.services.changes import Change as Asking
from models.services.plans.kinds import DELIVERABLES, MILESTONES
from models.services.plans.records import Change, Records
from models.services.plans.words import checked_line, checked_title, past_day
from models.services.projects.changing import FoundProject
from models.services.surveys.requesting import at_milestone, milestone_taken_back
from models.services.texts import checked_reason
from models.services.zones import today_of
from models.value import replace

_NO_DAY = "Pick the day that was agreed."
_WHY = "Say in a few words why it moves, so that nobody wonders later."
_PASSED = "{} has passed. Pick today or later; where it is done already, say so instead."
_SAME = "That is the day on which it is expected already."
_DONE = "{} is done already. Undo that first, if it isn't."
_ACCEPTED = "{} is accepted already."
_BEFORE_DONE = "It was done on {} only. Pick that day or a later one."
_NOTHING = "{} is neither done nor accepted, so there is nothing to undo."


class Milestones(Records[MilestoneView]):
    """What projects are to reach by when."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        super().__init__(database, MILESTONES)

    def page(self, actor: Actor, project_id: UUID) -> PlanPage[MilestoneView]:
        """Return the project's milestones with what each consists of. Raises NotFound, NotAllowed."""
        page = super().page(actor, project_id)
        with self._database.read() as session:
            parts = DELIVERABLES.of_project(session, actor.workspace_id, project_id)
        return replace(page, deliverables=parts)

    def add(
        self, actor: Actor, project_id: UUID, fields: MilestoneFields, *, origin: Origin, now: datetime
    ) -> MilestoneView:
        """Add a milestone, expected when it was agreed. Raises NotFound, NotAllowed, Invalid."""
        title, agreed = _checked(fields)

        def make(found: FoundProject, record_id: UUID, number: int) -> MilestoneView:
            return MilestoneView(
                id=record_id,
                workspace_id=actor.workspace_id,
                project_id=project_id,
                project_key=found.project.key,
                number=number,
                title=title,
                baseline_on=agreed,
                forecast_on=agreed,
                added_by=actor.person,
                added_at=now,
                updated_at=now,
            )

        return self._add(actor, project_id, make, origin=origin, now=now)

    def edit(
        self,
        actor: Actor,
        record_id: UUID,
        fields: MilestoneFields,
        *,
        version: int | None,
        origin: Origin,
        now: datetime,
    ) -> MilestoneView:
        """Change what it says; while it was never moved, it is expected when it was agreed.

        Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.
        """
        title, agreed = _checked(fields)

        def decide(_found: FoundProject, milestone: MilestoneView) -> MilestoneView:
            is_unmoved = milestone.forecast_on == milestone.baseline_on
            expected = agreed if is_unmoved else milestone.forecast_on
            return replace(milestone, title=title, baseline_on=agreed, forecast_on=expected)

        return self._change(actor, record_id, Change("edited", decide, version), origin=origin, now=now)

    def move(
        self,
        actor: Actor,
        record_id: UUID,
        forecast_on: date,
        reason: str,
        *,
        version: int | None,
        origin: Origin,
        now: datetime,
    ) -> MilestoneView:
        """Expect it on another day, with the reason; what was agreed stays.

        Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.
        """
        reason = checked_reason(reason, _WHY)

        def decide(found: FoundProject, milestone: MilestoneView) -> MilestoneView:
            if milestone.state is not MilestoneState.OPEN:
                raise Invalid({"forecast_on": _DONE.format(milestone.name)})
            if forecast_on == milestone.forecast_on:
                raise Invalid({"forecast_on": _SAME})
            if forecast_on < today_of(found.project, now):
                raise Invalid({"forecast_on": _PASSED.format(day_words(forecast_on))})
            return replace(milestone, forecast_on=forecast_on)

        what = Change("moved", decide, version, reason)
        return self._change(actor, record_id, what, origin=origin, now=now)

    def done(
        self, actor: Actor, record_id: UUID, on: date | None = None, *, origin: Origin, now: datetime
    ) -> MilestoneView:
        """Say that it is done, today unless told otherwise. Raises NotFound, NotAllowed, Invalid."""

        def decide(found: FoundProject, milestone: MilestoneView) -> MilestoneView:
            if milestone.state is not MilestoneState.OPEN:
                raise Invalid({"done_on": _DONE.format(milestone.name)})
            return replace(milestone, done_on=past_day(found.project, on, "done_on", now))

        return self._change(actor, record_id, Change("done", decide), origin=origin, now=now)

    def accept(
        self,
        actor: Actor,
        record_id: UUID,
        approval: Approval,
        *,
        version: int | None = None,
        origin: Origin,
        now: datetime,
    ) -> MilestoneView:
        """Say that the client accepts it; what was not said to be done is done on the same day.

        Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.
        """
        who = checked_line(approval.accepted_by, "accepted_by", NAME_LENGTH)

        def decide(found: FoundProject, milestone: MilestoneView) -> MilestoneView:
            if milestone.state is MilestoneState.ACCEPTED:
                raise Invalid({"accepted_on": _ACCEPTED.format(milestone.name)})
            day = past_day(found.project, approval.accepted_on, "accepted_on", now)
            if milestone.done_on is not None and day < milestone.done_on:
                raise Invalid({"accepted_on": _BEFORE_DONE.format(day_words(milestone.done_on))})
            accepted = replace(milestone, done_on=milestone.done_on or day, accepted_on=day, accepted_by=who)
            at_milestone(Asking(found.session, actor, origin, now), found.project, accepted)
            return accepted

        what = Change("accepted", decide, version)
        return self._change(actor, record_id, what, origin=origin, now=now)

    def undo(self, actor: Actor, record_id: UUID, *, origin: Origin, now: datetime) -> MilestoneView:
        """Take back that it is accepted, or that it is done. Raises NotFound, NotAllowed, Invalid."""

        def decide(found: FoundProject, milestone: MilestoneView) -> MilestoneView:
            if milestone.state is MilestoneState.ACCEPTED:
                milestone_taken_back(Asking(found.session, actor, origin, now), found.project, milestone)
                return replace(milestone, accepted_on=None, accepted_by="")
            if milestone.state is MilestoneState.DONE:
                return replace(milestone, done_on=None)
            raise Invalid({"state": _NOTHING.format(milestone.name)})

        return self._change(actor, record_id, Change("took back", decide), origin=origin, now=now)


def _checked(fields: MilestoneFields) -> tuple[str, date]:
    """Return the title and the day as they are kept. Raises Invalid."""
    title = checked_title(fields.title, "Say in a few words what will be reached.")
    if fields.baseline_on is None:
        raise Invalid({"baseline_on": _NO_DAY})
    return title, fields.baseline_on
